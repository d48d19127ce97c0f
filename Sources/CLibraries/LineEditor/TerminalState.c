// sigaction and SA_RESTART beside C11.
#define _GNU_SOURCE

#include <signal.h>
#include <stdatomic.h>
#include <stddef.h>
#include <sys/ioctl.h>

#include "LineEditor.h"

// A signal handler can reach nothing but a global. A lock-free atomic is safe both in the handler
// and across the threads of a training run.
static atomic_int interrupt_count = 0;

static void note_interrupt(int signal_number) {
  if (atomic_fetch_add(&interrupt_count, 1) < 2) return;
  // Blocked while this handler runs, the raised signal ends the process on return.
  signal(signal_number, SIG_DFL);
  raise(signal_number);
}

void eau_interrupt_install(void) {
  struct sigaction action = {0};
  action.sa_handler = note_interrupt;
  sigemptyset(&action.sa_mask);
  // Files half-way read or written by a command go on; waiting for input uses poll, which a
  // signal breaks nevertheless.
  action.sa_flags = SA_RESTART;
  sigaction(SIGINT, &action, NULL);
}

bool eau_interrupt_requested(void) { return atomic_load(&interrupt_count) > 0; }

void eau_interrupt_clear(void) { atomic_store(&interrupt_count, 0); }

bool eau_terminal_size(int descriptor, int *columns, int *rows) {
  struct winsize size;
  if (ioctl(descriptor, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return false;
  *columns = size.ws_col;
  *rows = size.ws_row;
  return true;
}

// What a terminal answers to a question when nobody waits for it any more: it comes like keys that
// are typed, and must not end in the line.
#define _GNU_SOURCE

#include <poll.h>
#include <unistd.h>

#include "Internal.h"

// An answer comes in one go; what follows later was typed by a person.
enum { PAUSE_MILLISECONDS = 50, LONGEST_ANSWER = 4096 };

static bool next(EditLine *editor, char *character) {
  struct pollfd request = {.fd = STDIN_FILENO, .events = POLLIN};
  return poll(&request, 1, PAUSE_MILLISECONDS) > 0 && el_getc(editor, character) == 1;
}

unsigned char eau_swallow_answer(EditLine *editor, int key) {
  char character = 0, previous = 0;
  for (int count = 0; count < LONGEST_ANSWER && next(editor, &character); count++) {
    // ESC [ ? … ends in a letter, ESC _ … in ESC backslash.
    if (key == '?' && character >= 0x40 && character <= 0x7E) break;
    if (key == '_' && previous == 0x1B && character == '\\') break;
    previous = character;
  }
  return CC_NORM;
}

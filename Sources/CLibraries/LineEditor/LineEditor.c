// setlocale, nl_langinfo and strdup beside C11.
#define _GNU_SOURCE

#include "LineEditor.h"

#include <errno.h>
#include <langinfo.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "Internal.h"

static eau_line_editor *owner(EditLine *editor) {
  void *self = NULL;
  el_get(editor, EL_CLIENTDATA, &self);
  return self;
}

static char *current_prompt(EditLine *editor) { return owner(editor)->prompt; }

// While a line is edited ctrl-C is a key, not a signal. CC_EOF leaves el_gets at once; the flag
// tells it from ctrl-D.
static unsigned char interrupt_key(EditLine *editor, int key) {
  (void)key;
  owner(editor)->interrupted = true;
  return CC_EOF;
}

// ctrl-Z is a key as well; libedit's own handler puts the terminal right before and after.
static unsigned char suspend_key(EditLine *editor, int key) {
  (void)editor;
  (void)key;
  raise(SIGTSTP);
  return CC_REDISPLAY;
}

// Without a UTF-8 LC_CTYPE libedit drops every key that is not ASCII.
static void use_unicode_locale(void) {
  setlocale(LC_CTYPE, "");
  if (strcmp(nl_langinfo(CODESET), "UTF-8") != 0) setlocale(LC_CTYPE, "C.UTF-8");
}

static void bind_keys(EditLine *editor) {
  el_set(editor, EL_ADDFN, "eau-complete", "Complete the word", eau_complete_key);
  el_set(editor, EL_ADDFN, "eau-interrupt", "Throw the line away", interrupt_key);
  el_set(editor, EL_ADDFN, "eau-suspend", "Suspend the program", suspend_key);
  el_set(
      editor, EL_ADDFN, "eau-answer", "Swallow what the terminal answers", eau_swallow_answer);
  static const char *const keys[][2] = {
      {"^I", "eau-complete"},
      {"^C", "eau-interrupt"},
      {"^Z", "eau-suspend"},
      {"^R", "em-inc-search-prev"},
      {"^W", "ed-delete-prev-word"},
      {"\\e[H", "ed-move-to-beg"},
      {"\\e[F", "ed-move-to-end"},
      {"\\e[1~", "ed-move-to-beg"},
      {"\\e[4~", "ed-move-to-end"},
      {"\\e[3~", "ed-delete-next-char"},
      {"\\e[?", "eau-answer"},
      {"\\e_", "eau-answer"},
      {"\\e[1;5C", "em-next-word"},
      {"\\e[1;5D", "ed-prev-word"},
  };
  for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
    el_set(editor, EL_BIND, keys[i][0], keys[i][1], NULL);
  }
}

eau_line_editor *eau_line_editor_create(const char *prompt) {
  use_unicode_locale();
  eau_line_editor *self = calloc(1, sizeof *self);
  if (self == NULL) return NULL;
  self->prompt = strdup(prompt);
  self->history = history_init();
  self->editor = el_init("eau", stdin, stdout, stderr);
  if (self->prompt == NULL || self->history == NULL || self->editor == NULL) {
    eau_line_editor_destroy(self);
    return NULL;
  }
  HistEvent event;
  history(self->history, &event, H_SETSIZE, 2000);
  history(self->history, &event, H_SETUNIQUE, 1);
  el_set(self->editor, EL_CLIENTDATA, self);
  el_set(self->editor, EL_PROMPT, current_prompt);
  el_set(self->editor, EL_EDITOR, "emacs");
  el_set(self->editor, EL_SIGNAL, 1);
  el_set(self->editor, EL_HIST, history, self->history);
  // Signals by key stay on outside of el_gets, where ctrl-C must reach a running command.
  el_set(self->editor, EL_SETTY, "-d", "-isig", NULL);
  bind_keys(self->editor);
  return self;
}

void eau_line_editor_destroy(eau_line_editor *self) {
  if (self == NULL) return;
  if (self->editor != NULL) el_end(self->editor);
  if (self->history != NULL) history_end(self->history);
  eau_forget_candidates(self);
  free(self->candidates);
  free(self->prompt);
  free(self);
}

void eau_line_editor_set_prompt(eau_line_editor *self, const char *prompt) {
  char *copy = strdup(prompt);
  if (copy == NULL) return;
  free(self->prompt);
  self->prompt = copy;
}

void eau_line_editor_set_completion(
    eau_line_editor *self, eau_completion_callback callback, void *context) {
  self->complete = callback;
  self->context = context;
}

char *eau_line_editor_read(eau_line_editor *self, eau_line_status *status) {
  // A window that changed its size during a command sent its SIGWINCH past libedit.
  el_resize(self->editor);
  // A ctrl-C that came when the last command had just ended is over.
  eau_interrupt_clear();
  // Left alone, libedit shows the prompt and only then turns keys into keys: what a quick hand
  // types between would go through the terminal's own line discipline, which eats ctrl-R.
  el_set(self->editor, EL_PREP_TERM, 1);
  for (;;) {
    int count = 0;
    self->interrupted = false;
    errno = 0;
    const char *line = el_gets(self->editor, &count);
    if (line != NULL && count > 0) {
      char *copy = strdup(line);
      if (copy == NULL) break;
      copy[strcspn(copy, "\r\n")] = '\0';
      *status = EAU_LINE_TEXT;
      return copy;
    }
    // A SIGINT from outside (kill -INT) breaks the read; the process-wide handler has noted it.
    bool signalled = count == -1 && errno == EINTR;
    if (self->interrupted || (signalled && eau_interrupt_requested())) {
      fputs("^C\n", stdout);
      fflush(stdout);
      eau_interrupt_clear();
      *status = EAU_LINE_INTERRUPTED;
      return NULL;
    }
    if (!signalled) break;
  }
  fputc('\n', stdout);
  fflush(stdout);
  *status = EAU_LINE_END;
  return NULL;
}

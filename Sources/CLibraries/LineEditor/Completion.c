// wcwidth and strdup beside C11.
#define _GNU_SOURCE

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <wchar.h>

#include "Internal.h"

// More than this nobody reads; the rest is counted.
enum { MAXIMUM_LISTED = 200 };

void eau_forget_candidates(eau_line_editor *self) {
  for (size_t i = 0; i < self->candidate_count; i++) free(self->candidates[i]);
  self->candidate_count = 0;
}

void eau_line_editor_add_candidate(eau_line_editor *self, const char *text) {
  if (self->candidate_count == self->candidate_capacity) {
    size_t capacity = self->candidate_capacity == 0 ? 32 : 2 * self->candidate_capacity;
    char **grown = realloc(self->candidates, capacity * sizeof *grown);
    if (grown == NULL) return;
    self->candidates = grown;
    self->candidate_capacity = capacity;
  }
  char *copy = strdup(text);
  if (copy != NULL) self->candidates[self->candidate_count++] = copy;
}

void eau_line_editor_set_more(eau_line_editor *self, size_t more) { self->more = more; }

void eau_line_editor_set_completion_start(eau_line_editor *self, size_t start) {
  self->completion_start = start;
}

static bool is_continuation(char byte) { return ((unsigned char)byte & 0xC0) == 0x80; }

static size_t count_characters(const char *text, size_t bytes) {
  size_t count = 0;
  for (size_t i = 0; i < bytes; i++) count += !is_continuation(text[i]);
  return count;
}

// The bytes all candidates begin with, cut back to whole UTF-8 characters.
static size_t common_prefix(const eau_line_editor *self) {
  const char *first = self->candidates[0];
  size_t length = strlen(first);
  for (size_t i = 1; i < self->candidate_count; i++) {
    size_t same = 0;
    while (same < length && self->candidates[i][same] == first[same]) same++;
    length = same;
  }
  while (length > 0 && is_continuation(first[length])) length--;
  return length;
}

// One candidate as it is listed: no control character reaches the terminal. Returns its columns.
static int put_candidate(const char *text, FILE *file) {
  mbstate_t state = {0};
  int columns = 0;
  size_t remaining = strlen(text);
  while (remaining > 0) {
    wchar_t character;
    size_t bytes = mbrtowc(&character, text, remaining, &state);
    bool whole = bytes != (size_t)-1 && bytes != (size_t)-2 && bytes != 0;
    int width = whole ? wcwidth(character) : -1;
    if (width < 0) {
      if (file != NULL) fputc('?', file);
      columns += 1;
      if (!whole) {
        bytes = 1;
        memset(&state, 0, sizeof state);
      }
    } else {
      if (file != NULL) fwrite(text, 1, bytes, file);
      columns += width;
    }
    text += bytes;
    remaining -= bytes;
  }
  return columns;
}

// Candidates in columns, read downwards like `ls`.
static void list_candidates(const eau_line_editor *self, FILE *file) {
  size_t count = self->candidate_count < MAXIMUM_LISTED ? self->candidate_count : MAXIMUM_LISTED;
  int widest = 1, terminal = 80, rows_of_terminal = 0;
  eau_terminal_size(STDOUT_FILENO, &terminal, &rows_of_terminal);
  for (size_t i = 0; i < count; i++) {
    int width = put_candidate(self->candidates[i], NULL);
    if (width > widest) widest = width;
  }
  int fitting = (terminal - 1) / (widest + 2);
  size_t columns = fitting < 1 ? 1 : (size_t)fitting;
  size_t rows = (count + columns - 1) / columns;
  fputc('\n', file);
  for (size_t row = 0; row < rows; row++) {
    for (size_t i = row; i < count; i += rows) {
      int width = put_candidate(self->candidates[i], file);
      if (i + rows < count) fprintf(file, "%*s", widest + 2 - width, "");
    }
    fputc('\n', file);
  }
  size_t more = self->candidate_count - count + self->more;
  if (more > 0) fprintf(file, "and %zu more\n", more);
  fflush(file);
}

// Replaces the word before the cursor by `bytes` bytes of `text`, a blank behind it where that
// makes sense.
static bool replace_word(
    EditLine *editor, const char *word, size_t word_bytes, const char *text, size_t bytes,
    bool spaced) {
  char *replacement = malloc(bytes + 2);
  if (replacement == NULL) return false;
  memcpy(replacement, text, bytes);
  bool open = bytes > 0 && (text[bytes - 1] == '/' || text[bytes - 1] == '=');
  if (spaced && !open) replacement[bytes++] = ' ';
  replacement[bytes] = '\0';
  // el_deletestr counts characters, not bytes.
  el_deletestr(editor, (int)count_characters(word, word_bytes));
  bool inserted = el_insertstr(editor, replacement) == 0;
  free(replacement);
  return inserted;
}

unsigned char eau_complete_key(EditLine *editor, int key) {
  (void)key;
  void *client = NULL;
  el_get(editor, EL_CLIENTDATA, &client);
  eau_line_editor *self = client;
  if (self == NULL || self->complete == NULL) return CC_ERROR;

  const LineInfo *information = el_line(editor);
  size_t length = (size_t)(information->lastchar - information->buffer);
  size_t cursor = (size_t)(information->cursor - information->buffer);
  char *line = malloc(length + 1);
  if (line == NULL) return CC_ERROR;
  memcpy(line, information->buffer, length);
  line[length] = '\0';

  size_t start = cursor;
  while (start > 0 && strchr(" \t;", line[start - 1]) == NULL) start--;
  self->completion_start = start;
  self->more = 0;
  eau_forget_candidates(self);
  self->complete(self->context, self, line, cursor);
  start = self->completion_start <= cursor ? self->completion_start : cursor;

  unsigned char result = CC_ERROR;
  if (self->candidate_count > 0) {
    size_t prefix = common_prefix(self);
    size_t typed = cursor - start;
    bool single = self->candidate_count == 1 && self->more == 0;
    bool advances = prefix > typed || (prefix == typed && memcmp(
        self->candidates[0], line + start, typed) != 0);
    if (single || advances) {
      // In the middle of a line the blank behind the word may be there already.
      bool spaced = single && line[cursor] != ' ';
      bool done = replace_word(editor, line + start, typed, self->candidates[0], prefix, spaced);
      result = done ? CC_REFRESH : CC_ERROR;
    } else {
      list_candidates(self, stdout);
      result = CC_REDISPLAY;
    }
  }
  eau_forget_candidates(self);
  free(line);
  return result;
}

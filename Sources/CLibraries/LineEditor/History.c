// O_NOFOLLOW and friends beside C11.
#define _GNU_SOURCE

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "Internal.h"

// 2000 lines take some 100 kB; a file far beyond that is not a history.
enum { MAXIMUM_HISTORY_BYTES = 16 << 20 };

void eau_line_editor_add_history(eau_line_editor *self, const char *line) {
  HistEvent event;
  history(self->history, &event, H_ENTER, line);
}

bool eau_line_editor_load_history(eau_line_editor *self, const char *path) {
  struct stat information;
  if (stat(path, &information) != 0 || !S_ISREG(information.st_mode)) return false;
  if (information.st_size > MAXIMUM_HISTORY_BYTES) return false;
  HistEvent event;
  self->history_file = information;
  return history(self->history, &event, H_LOAD, path) >= 0;
}

void eau_line_editor_merge_history(eau_line_editor *self, const char *path) {
  struct stat now, *before = &self->history_file;
  if (stat(path, &now) != 0) return;
  if (now.st_ino == before->st_ino && now.st_size == before->st_size &&
      now.st_mtim.tv_sec == before->st_mtim.tv_sec && now.st_mtim.tv_nsec == before->st_mtim.tv_nsec)
    return;
  // All that this editor knows was written before: the file has it, and what others added.
  HistEvent event;
  history(self->history, &event, H_CLEAR);
  eau_line_editor_load_history(self, path);
}

bool eau_line_editor_save_history(eau_line_editor *self, const char *path) {
  size_t length = strlen(path);
  char *temporary = malloc(length + 8);
  if (temporary == NULL) return false;
  memcpy(temporary, path, length);
  memcpy(temporary + length, ".XXXXXX", 8);
  int descriptor = mkstemp(temporary);  // creates with mode 600
  if (descriptor < 0) {
    free(temporary);
    return false;
  }
  FILE *file = fdopen(descriptor, "w");
  if (file == NULL) close(descriptor);
  HistEvent event;
  bool written = file != NULL && history(self->history, &event, H_SAVE_FP, file) >= 0;
  if (file != NULL && fclose(file) != 0) written = false;
  if (written) written = rename(temporary, path) == 0;
  if (written && stat(path, &self->history_file) != 0) written = false;
  if (!written) unlink(temporary);
  free(temporary);
  return written;
}

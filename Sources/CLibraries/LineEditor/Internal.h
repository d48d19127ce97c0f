// Shared by the files of this target; not part of its interface.
#ifndef EAU_LINE_EDITOR_INTERNAL_H
#define EAU_LINE_EDITOR_INTERNAL_H

#include <histedit.h>
#include <sys/stat.h>

#include "LineEditor.h"

struct eau_line_editor {
  EditLine *editor;
  History *history;
  char *prompt;
  bool interrupted;
  // The history file as this editor last read or wrote it.
  struct stat history_file;
  eau_completion_callback complete;
  void *context;
  // The answer of one completion callback.
  char **candidates;
  size_t candidate_count;
  size_t candidate_capacity;
  size_t more;
  size_t completion_start;
};

// The function behind TAB.
unsigned char eau_complete_key(EditLine *editor, int key);
void eau_forget_candidates(eau_line_editor *self);

// The keys ESC [ ? and ESC _ begin what a terminal says, not what a person types.
unsigned char eau_swallow_answer(EditLine *editor, int key);

#endif

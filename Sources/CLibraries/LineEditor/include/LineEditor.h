// A line editor over libedit's own API, and the two pieces of terminal state that Swift cannot
// reach: the SIGINT flag and the window size.
//
// libedit's entry points are variadic and call back into C, so the whole of it stays behind this
// header. One editor a process: it owns the terminal of stdin and stdout.
#ifndef EAU_LINE_EDITOR_H
#define EAU_LINE_EDITOR_H

#include <stdbool.h>
#include <stddef.h>

typedef struct eau_line_editor eau_line_editor;

typedef enum eau_line_status {
  EAU_LINE_TEXT = 0,         // a line was read and is returned
  EAU_LINE_INTERRUPTED = 1,  // ctrl-C: the line was thrown away
  EAU_LINE_END = 2           // ctrl-D on an empty line, or the terminal went away
} eau_line_status;

// Called on TAB with the UTF-8 line, NUL-terminated, and the cursor's byte offset in it.
// It answers through eau_line_editor_add_candidate and eau_line_editor_set_completion_start.
typedef void (*eau_completion_callback)(
    void *context, eau_line_editor *editor, const char *line, size_t cursor);

// Prepares stdin and stdout for editing; both must be terminals. Sets LC_CTYPE for the process
// (to C.UTF-8 when the environment's locale is not UTF-8) and no other locale category, so that
// numbers keep the decimal point. Returns NULL when memory or the terminal fails.
eau_line_editor *eau_line_editor_create(const char *prompt);
void eau_line_editor_destroy(eau_line_editor *editor);

void eau_line_editor_set_prompt(eau_line_editor *editor, const char *prompt);
void eau_line_editor_set_completion(
    eau_line_editor *editor, eau_completion_callback callback, void *context);

// Reads one line, without its newline, in memory that the caller frees. NULL unless *status is
// EAU_LINE_TEXT.
char *eau_line_editor_read(eau_line_editor *editor, eau_line_status *status);

// The newest entry of the history; the same line twice in a row is kept once.
void eau_line_editor_add_history(eau_line_editor *editor, const char *line);
// False when there is no readable history at `path`; the history stays as it was.
bool eau_line_editor_load_history(eau_line_editor *editor, const char *path);
// Takes in what another editor wrote to `path` since this one last did; without such a file or change
// nothing happens.
void eau_line_editor_merge_history(eau_line_editor *editor, const char *path);
// Writes a new file of mode 600 beside `path` and renames it. False when that fails.
bool eau_line_editor_save_history(eau_line_editor *editor, const char *path);

// Inside a completion callback: one way the word may go on, whole word included.
void eau_line_editor_add_candidate(eau_line_editor *editor, const char *text);
// Inside a completion callback: how many ways more there are than are named; each begins with what
// those named have in common.
void eau_line_editor_set_more(eau_line_editor *editor, size_t more);
// Inside a completion callback: the byte offset at which the completed word begins. Unless set,
// it is the byte after the last blank or ';' before the cursor.
void eau_line_editor_set_completion_start(eau_line_editor *editor, size_t start);

// SIGINT sets a flag instead of ending the process. The third one in a row without a
// eau_interrupt_clear between ends it after all, so that nothing can hang for good.
void eau_interrupt_install(void);
bool eau_interrupt_requested(void);
void eau_interrupt_clear(void);

// The window size of a terminal in character cells; false when `descriptor` has none.
bool eau_terminal_size(int descriptor, int *columns, int *rows);

#endif

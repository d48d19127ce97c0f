/* Starting a program beside this one: the calls Swift does not import, and nothing else. */
#ifndef EAU_PROCESS_SPAWN_H
#define EAU_PROCESS_SPAWN_H

#include <stdint.h>
#include <sys/types.h>

/* Starts `arguments` (NULL-terminated; the program is looked for in PATH if its name has no slash)
 * in a process group of its own, holding at most `memory` bytes of data. Its standard input and
 * output are the other end of `*socket`, its standard error that of `*errors`, which does not block;
 * it inherits no other descriptor. Returns 0, or the errno of what failed. */
int eau_process_spawn(char *const arguments[], uint64_t memory, pid_t *pid, int *socket, int *errors);

/* send and recv that neither block nor raise SIGPIPE. */
ssize_t eau_process_send(int socket, const void *bytes, size_t count);
ssize_t eau_process_receive(int socket, void *bytes, size_t room);

/* As eau_process_receive, but tries for some fifty microseconds before it says EAGAIN: where the
 * other side has a processor of its own, sleeping and being woken would take longer than its answer.
 * Other programs are let first meanwhile. */
ssize_t eau_process_receive_soon(int socket, void *bytes, size_t room);

#endif

/// A few threads that wait for parts of one piece of work after another.
///
/// Between two pieces they spin for some microseconds and then park, so that another program gets
/// the core. The caller works too and takes over what no other thread has begun: a thread that is
/// kept from running delays nobody by more than the part it holds.
#ifndef EAU_WORKER_TEAM_H
#define EAU_WORKER_TEAM_H
#include <stddef.h>

typedef struct eau_team eau_team;

/// A team of `threads` including the caller; NULL where the system gives no more threads.
eau_team *eau_team_create(size_t threads);
/// Calls body(context, part) once for every part below `parts` and returns when all are done.
/// One caller at a time.
void eau_team_run(eau_team *team, size_t parts, void (*body)(void *context, size_t part),
                  void *context);
/// Ends the threads.
void eau_team_destroy(eau_team *team);

#endif

#define _GNU_SOURCE
#include "ProcessSpawn.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

/* The environment, and that Swift programs shall not tell of a crash at length: what the plugin
 * itself wrote last is to be seen. The caller frees it. */
static char **environment(void) {
  static char quiet[] = "SWIFT_BACKTRACE=enable=no";
  size_t count = 0;
  while (environ[count]) count++;
  char **copy = calloc(count + 2, sizeof *copy);
  if (!copy) return NULL;
  copy[0] = quiet;
  for (size_t place = 0; place < count; place++) copy[place + 1] = environ[place];
  return copy;
}

static int start(char *const arguments[], int socket, int errors, pid_t *pid) {
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  int status = posix_spawn_file_actions_init(&actions);
  if (status) return status;
  status = posix_spawnattr_init(&attributes);
  if (status) {
    posix_spawn_file_actions_destroy(&actions);
    return status;
  }
  sigset_t none, defaults;
  sigemptyset(&none);
  sigfillset(&defaults);
  if (!status) status = posix_spawn_file_actions_adddup2(&actions, socket, 0);
  if (!status) status = posix_spawn_file_actions_adddup2(&actions, socket, 1);
  if (!status) status = posix_spawn_file_actions_adddup2(&actions, errors, 2);
  if (!status) status = posix_spawn_file_actions_addclosefrom_np(&actions, 3);
  if (!status) status = posix_spawnattr_setsigmask(&attributes, &none);
  if (!status) status = posix_spawnattr_setsigdefault(&attributes, &defaults);
  /* A group of its own: ctrl-C at the terminal is for the session to handle. */
  if (!status) status = posix_spawnattr_setpgroup(&attributes, 0);
  if (!status)
    status = posix_spawnattr_setflags(
        &attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
  char **variables = environment();
  if (!status)
    status = variables
                 ? posix_spawnp(pid, arguments[0], &actions, &attributes, arguments, variables)
                 : ENOMEM;
  free(variables);
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&actions);
  return status;
}

int eau_process_spawn(char *const arguments[], uint64_t memory, pid_t *pid, int *socket,
                      int *errors) {
  int sockets[2], pipes[2];
  if (!arguments[0]) return EINVAL;
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, sockets)) return errno;
  if (pipe2(pipes, O_CLOEXEC)) {
    int status = errno;
    close(sockets[0]);
    close(sockets[1]);
    return status;
  }
  int status = start(arguments, sockets[1], pipes[1], pid);
  close(sockets[1]);
  close(pipes[1]);
  if (status) {
    close(sockets[0]);
    close(pipes[0]);
    return status;
  }
  fcntl(pipes[0], F_SETFL, O_NONBLOCK);
  struct rlimit limit = {.rlim_cur = memory, .rlim_max = memory};
  /* Refused, it runs without a limit: it is still in a process of its own. */
  (void)prlimit(*pid, RLIMIT_DATA, &limit, NULL);
  *socket = sockets[0];
  *errors = pipes[0];
  return 0;
}

ssize_t eau_process_send(int socket, const void *bytes, size_t count) {
  return send(socket, bytes, count, MSG_NOSIGNAL | MSG_DONTWAIT);
}

ssize_t eau_process_receive(int socket, void *bytes, size_t room) {
  return recv(socket, bytes, room, MSG_DONTWAIT);
}

ssize_t eau_process_receive_soon(int socket, void *bytes, size_t room) {
  struct timespec start, now;
  clock_gettime(CLOCK_MONOTONIC, &start);
  for (;;) {
    ssize_t count = eau_process_receive(socket, bytes, room);
    if (count >= 0 || errno != EAGAIN) return count;
    clock_gettime(CLOCK_MONOTONIC, &now);
    if ((now.tv_sec - start.tv_sec) * 1000000000L + now.tv_nsec - start.tv_nsec > 50000) {
      errno = EAGAIN;
      return -1;
    }
    sched_yield();
  }
}

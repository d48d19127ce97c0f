#include "WorkerTeam.h"
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>

/* Looks at what it waits for, some ten microseconds in all, before a thread parks. */
enum { SPINS = 4000 };

struct eau_team {
  /* What is to be done; written while no part can be claimed. */
  void (*body)(void *, size_t);
  void *context;
  /* Number of the piece of work (upper half) and how many of its parts nobody has claimed (lower
     half): a claim holds only for the piece it was meant for, so a late thread takes no part of
     the next. */
  _Atomic uint64_t claims;
  _Atomic uint32_t unfinished;
  _Atomic bool ending;
  pthread_mutex_t lock;
  pthread_cond_t begun, finished;
  _Atomic uint32_t parked;
  _Atomic bool caller_parked;
  size_t workers;
  pthread_t threads[];
};

static inline void pause_briefly(void) {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  __asm__ volatile("yield");
#endif
}

static inline uint32_t piece_of(uint64_t claims) { return (uint32_t)(claims >> 32); }

/// Does parts of the given piece until none is left to claim.
static void work(eau_team *team, uint32_t piece) {
  for (;;) {
    uint64_t claims = atomic_load(&team->claims);
    do {
      if (piece_of(claims) != piece || (uint32_t)claims == 0) return;
    } while (!atomic_compare_exchange_weak(&team->claims, &claims, claims - 1));
    team->body(team->context, (uint32_t)claims - 1);
    if (atomic_fetch_sub(&team->unfinished, 1) == 1 && atomic_load(&team->caller_parked)) {
      pthread_mutex_lock(&team->lock);
      pthread_cond_signal(&team->finished);
      pthread_mutex_unlock(&team->lock);
    }
  }
}

static void *serve(void *argument) {
  eau_team *team = argument;
  uint32_t done = 0;
  for (;;) {
    int spins = 0;
    while (piece_of(atomic_load(&team->claims)) == done && !atomic_load(&team->ending)) {
      if (++spins < SPINS) {
        pause_briefly();
        continue;
      }
      pthread_mutex_lock(&team->lock);
      atomic_fetch_add(&team->parked, 1);
      while (piece_of(atomic_load(&team->claims)) == done && !atomic_load(&team->ending))
        pthread_cond_wait(&team->begun, &team->lock);
      atomic_fetch_sub(&team->parked, 1);
      pthread_mutex_unlock(&team->lock);
    }
    if (atomic_load(&team->ending)) return NULL;
    done = piece_of(atomic_load(&team->claims));
    work(team, done);
  }
}

eau_team *eau_team_create(size_t threads) {
  const size_t workers = threads > 0 ? threads - 1 : 0;
  eau_team *team = calloc(1, sizeof *team + workers * sizeof(pthread_t));
  if (!team) return NULL;
  pthread_mutex_init(&team->lock, NULL);
  pthread_cond_init(&team->begun, NULL);
  pthread_cond_init(&team->finished, NULL);
  while (team->workers < workers) {
    if (pthread_create(&team->threads[team->workers], NULL, serve, team) != 0) break;
    team->workers++;
  }
  return team;
}

void eau_team_run(eau_team *team, size_t parts, void (*body)(void *context, size_t part),
                  void *context) {
  if (team->workers == 0 || parts < 2) {
    for (size_t part = 0; part < parts; part++) body(context, part);
    return;
  }
  /* All parts of the piece before were claimed and done, so nobody reads these now. */
  team->body = body;
  team->context = context;
  atomic_store(&team->unfinished, (uint32_t)parts);
  const uint32_t piece = piece_of(atomic_load(&team->claims)) + 1;
  atomic_store(&team->claims, (uint64_t)piece << 32 | parts);
  if (atomic_load(&team->parked) > 0) {
    pthread_mutex_lock(&team->lock);
    pthread_cond_broadcast(&team->begun);
    pthread_mutex_unlock(&team->lock);
  }
  work(team, piece);
  for (int spins = 0; atomic_load(&team->unfinished) > 0; spins++) {
    if (spins < SPINS) {
      pause_briefly();
      continue;
    }
    pthread_mutex_lock(&team->lock);
    atomic_store(&team->caller_parked, true);
    while (atomic_load(&team->unfinished) > 0) pthread_cond_wait(&team->finished, &team->lock);
    atomic_store(&team->caller_parked, false);
    pthread_mutex_unlock(&team->lock);
  }
}

void eau_team_destroy(eau_team *team) {
  if (!team) return;
  pthread_mutex_lock(&team->lock);
  atomic_store(&team->ending, true);
  pthread_cond_broadcast(&team->begun);
  pthread_mutex_unlock(&team->lock);
  for (size_t i = 0; i < team->workers; i++) pthread_join(team->threads[i], NULL);
  pthread_mutex_destroy(&team->lock);
  pthread_cond_destroy(&team->begun);
  pthread_cond_destroy(&team->finished);
  free(team);
}

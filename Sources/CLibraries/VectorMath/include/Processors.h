#ifndef EAU_PROCESSORS_H
#define EAU_PROCESSORS_H

/* One copy of a function for each generation of x86-64 (baseline, AVX2 with FMA, AVX-512), chosen
   when the program starts. On arm64 NEON is the baseline and one copy is enough. */
#if defined(__x86_64__) && defined(__linux__)
#define FOR_EACH_PROCESSOR \
  __attribute__((target_clones("default", "arch=x86-64-v3", "arch=x86-64-v4")))
#else
#define FOR_EACH_PROCESSOR
#endif

#if defined(__x86_64__)
#define HAS_WIDE_REGISTERS __builtin_cpu_supports("x86-64-v4")
#else
#define HAS_WIDE_REGISTERS 0
#endif

/* A helper becomes part of each copy. */
#define INLINE static inline __attribute__((always_inline))

/* At the start of a block: sums in it may be split over the lanes of a register. */
#define SUMS_IN_ANY_ORDER _Pragma("clang fp reassociate(on)")

/* What a loop works on at once, so that its intermediate results stay in the nearest cache. */
enum { TILE = 128 };

#endif

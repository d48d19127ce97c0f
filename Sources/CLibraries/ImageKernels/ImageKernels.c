#include "ImageKernels.h"
#include <math.h>
#include <string.h>

/* One copy of a loop for AVX2 beside the one every x86-64 runs; chosen when the program starts. */
#if defined(__x86_64__) && defined(__linux__)
#define CLONED __attribute__((target_clones("default", "arch=x86-64-v3")))
#else
#define CLONED
#endif

/* No fused multiply-add: a row must not depend on the processor. */
#pragma STDC FP_CONTRACT OFF

/* Pixels at a time, so that what the loops below hand on stays in the nearest cache. */
enum { chunk = 128 };

static inline double step_down(double value, int64_t by) {
  int64_t bits;
  memcpy(&bits, &value, sizeof bits);
  bits -= by;
  memcpy(&value, &bits, sizeof bits);
  return value;
}

CLONED
void eau_add_gradient_row(
  size_t width, const double *above, const double *here, const double *below, size_t cells,
  size_t cell, size_t orientations, const double *tangents, double *histograms
) {
  double across[chunk], slope[chunk], length[chunk];
  int64_t bin[chunk], mirrored[chunk];
  const size_t used = cells * cell;
  size_t left_in_cell = cell;
  for (size_t start = 0; start < used; start += chunk) {
    const size_t count = used - start < chunk ? used - start : chunk;
    const size_t end = start + count;
    const size_t first = start == 0, last = end == width ? count - 1 : count;
    for (size_t i = first; i < last; i++) across[i] = here[start + i + 1] - here[start + i - 1];
    if (start == 0) across[0] = 0;
    if (end == width) across[count - 1] = 0;

    /* A direction is told by |down / across| and by whether it leans left. Modulo 180° the bins
       that lean left mirror the others, so half of the edges are enough, compared as tangents: no
       arctangent. An edge itself belongs to the bin above it; mirrored, that is the bin before,
       hence one step of the last bit down. 0 / 0 has length 0 and may fall anywhere. */
    for (size_t i = 0; i < count; i++) {
      const double x = across[i], y = below[start + i] - above[start + i];
      mirrored[i] = x * y < 0;
      length[i] = sqrt(x * x + y * y);
      slope[i] = step_down(fabs(y / x), mirrored[i]);
      bin[i] = 0;
    }
    for (size_t edge = 0; edge < orientations / 2; edge++) {
      const double tangent = tangents[edge];
      for (size_t i = 0; i < count; i++) bin[i] += slope[i] >= tangent;
    }
    const int64_t most = (int64_t)orientations - 1;
    for (size_t i = 0; i < count; i++) bin[i] = mirrored[i] ? most - bin[i] : bin[i];
    for (size_t i = 0; i < count; i++) {
      histograms[bin[i]] += length[i];
      if (--left_in_cell == 0) {
        histograms += orientations;
        left_in_cell = cell;
      }
    }
  }
}

CLONED
void eau_add_bytes(size_t count, float weight, const uint8_t *restrict samples, float *restrict sums) {
  for (size_t i = 0; i < count; i++) sums[i] += weight * (float)samples[i];
}

CLONED
void eau_add_doubles(size_t count, double weight, const double *restrict values, double *restrict sums) {
  for (size_t i = 0; i < count; i++) sums[i] += weight * values[i];
}

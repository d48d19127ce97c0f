/// Loops over whole pictures in C, where the compiler vectorises them for the processor at hand.
/// Each has a test against a readable reference.
#ifndef EAU_IMAGE_KERNELS_H
#define EAU_IMAGE_KERNELS_H
#include <stddef.h>
#include <stdint.h>

/// Adds one row of pixels to the orientation histograms of the cells it crosses.
///
/// `here`, `above` and `below` are rows of `width` grey values; in a border row all three are the
/// same, so that nothing points down. The first `cells * cell` pixels count, each with the length
/// of its gradient, in `histograms[cells, orientations]`. `tangents` has the `orientations / 2`
/// tangents of the bins' edges up to 90°, rising; that of 90° is infinity.
void eau_add_gradient_row(
  size_t width, const double *above, const double *here, const double *below, size_t cells,
  size_t cell, size_t orientations, const double *tangents, double *histograms);

/// sums[i] += weight * samples[i]
void eau_add_bytes(size_t count, float weight, const uint8_t *samples, float *sums);

/// sums[i] += weight * values[i]
void eau_add_doubles(size_t count, double weight, const double *values, double *sums);

#endif

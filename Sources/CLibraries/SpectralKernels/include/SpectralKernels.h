/// The short-time analysis of a sound in C, eight frames side by side in the lanes of SIMD
/// registers, so that no step needs a shuffle: power spectra, filters, logarithms, cosine
/// transform. Each has a readable reference beside its Swift wrapper and a test that they agree.
///
/// Compiled for x86-64 at its baseline, v3 (AVX2, FMA) and v4 (AVX-512); the loader chooses.
/// Nothing here asks for memory or checks its arguments.
#ifndef EAU_SPECTRAL_KERNELS_H
#define EAU_SPECTRAL_KERNELS_H
#include <stddef.h>
#include <stdint.h>

/// Frames that are transformed at once.
enum { EAU_LANES = 8 };

#define EAU_SPECTRAL_KERNELS(REAL, SUFFIX)                                                       \
  /* columns[hop, width] = samples[width, hop] transposed: row m holds the m-th sample after    \
     each multiple of the hop, so that sample q·hop + m of EAU_LANES frames are the neighbours   \
     columns[m, q…]. */                                                                          \
  void eau_columns_##SUFFIX(size_t hop, size_t width, const float *samples, REAL *columns);      \
  /* power[length/2 + 1, EAU_LANES]: |Σₙ wₙ xₙ e^(−2πikn/length)|² of the EAU_LANES frames that  \
     start at the first columns; `length` even.                                                  \
     order:   radices[passes], then the place of each of the length/2 results.                   \
     tables:  window[length], then cos and −sin of 2πk/length for k = 0…length/4, then the       \
              factors of each pass in the order in which they are needed (`FourierTables`).      \
     frames:  [length, EAU_LANES]; scratch: [2 · largest odd radix, EAU_LANES]. */               \
  void eau_power_spectra_##SUFFIX(size_t length, size_t passes, const int32_t *order,            \
                                  const REAL *tables, size_t hop, size_t width,                  \
                                  const REAL *columns, REAL *frames, REAL *scratch,              \
                                  REAL *power);                                                  \
  /* out[frame · stride + row] = Σ weight · power over the bins first[row]… of each row, in      \
     double, for the first `frames` lanes. */                                                    \
  void eau_project_##SUFFIX(size_t rows, const int32_t *first, const int32_t *counts,            \
                            const double *weights, const REAL *power, size_t frames,             \
                            size_t stride, double *out);

EAU_SPECTRAL_KERNELS(float, f32)
EAU_SPECTRAL_KERNELS(double, f64)

/// out = scale · ln x where x > least, else `floor`; x finite, least a normal number. Returns the
/// largest, −∞ of none.
double eau_logarithms(size_t n, const double *x, double scale, double least, double floor,
                      double *out);

/// out[frames, outputs] = x[frames, inputs] · matrix[inputs, outputs].
void eau_multiply_rows(size_t frames, size_t inputs, size_t outputs, const double *x,
                       const double *matrix, double *out);

#endif

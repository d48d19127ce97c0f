#include "SpectralKernels.h"
#include <VectorMath.h>

// Vectors are held in local variables and passed by address only: by value their calling
// convention would depend on the processor.
typedef double accumulator __attribute__((vector_size(EAU_LANES * sizeof(double))));

#define REAL float
#define NAME(base) base##_f32
#include "Spectra.inc.h"
#undef REAL
#undef NAME

#define REAL double
#define NAME(base) base##_f64
#include "Spectra.inc.h"

FOR_EACH_PROCESSOR
double eau_logarithms(size_t n, const double *restrict x, double scale, double least,
                      double floor, double *restrict out) {
  for (size_t i = 0; i < n; i++) {
    const double value = scale * logarithm_f64(x[i] > least ? x[i] : least);
    out[i] = x[i] > least ? value : floor;
  }
  double largest[8];
  for (size_t lane = 0; lane < 8; lane++) largest[lane] = -INFINITY;
  size_t i = 0;
  for (; i + 8 <= n; i += 8)
    for (size_t lane = 0; lane < 8; lane++)
      largest[lane] = out[i + lane] > largest[lane] ? out[i + lane] : largest[lane];
  for (; i < n; i++) largest[0] = out[i] > largest[0] ? out[i] : largest[0];
  for (size_t lane = 1; lane < 8; lane++)
    largest[0] = largest[lane] > largest[0] ? largest[lane] : largest[0];
  return largest[0];
}

/// Eight, or in the last run fewer, neighbouring outputs of a row.
INLINE void multiply_row(size_t inputs, size_t outputs, size_t count, const double *restrict x,
                         const double *restrict matrix, double *restrict out) {
  double totals[8] = {0};
  for (size_t i = 0; i < inputs; i++)
    for (size_t k = 0; k < count; k++) totals[k] += x[i] * matrix[i * outputs + k];
  for (size_t k = 0; k < count; k++) out[k] = totals[k];
}

FOR_EACH_PROCESSOR
void eau_multiply_rows(size_t frames, size_t inputs, size_t outputs, const double *restrict x,
                       const double *restrict matrix, double *restrict out) {
  const size_t whole = outputs & ~(size_t)7;
  for (size_t frame = 0; frame < frames; frame++, x += inputs, out += outputs) {
    for (size_t k = 0; k < whole; k += 8)
      multiply_row(inputs, outputs, 8, x, matrix + k, out + k);
    size_t k = whole;
    for (; k + 4 <= outputs; k += 4)
      multiply_row(inputs, outputs, 4, x, matrix + k, out + k);
    for (; k < outputs; k++) multiply_row(inputs, outputs, 1, x, matrix + k, out + k);
  }
}

#include "ArrayKernels.h"
#include <VectorMath.h>

#define REAL float
#define NAME(base) base##_f32
#define SQUARE_ROOT __builtin_elementwise_sqrt
#include "ArrayKernels.inc.h"
#undef REAL
#undef NAME

#define REAL double
#define NAME(base) base##_f64
#include "ArrayKernels.inc.h"

FOR_EACH_PROCESSOR
void eau_relu_f32(size_t n, const float *restrict mask, float *restrict x) {
  if (mask)
    for (size_t i = 0; i < n; i++) x[i] = (x[i] > 0 ? x[i] : 0) * mask[i];
  else
    for (size_t i = 0; i < n; i++) x[i] = x[i] > 0 ? x[i] : 0;
}

FOR_EACH_PROCESSOR
void eau_relu_adjoint_f32(size_t n, const float *restrict mask, const float *restrict y,
                          float *restrict gradient) {
  if (mask)
    for (size_t i = 0; i < n; i++) gradient[i] = y[i] > 0 ? gradient[i] * mask[i] : 0;
  else
    for (size_t i = 0; i < n; i++) gradient[i] = y[i] > 0 ? gradient[i] : 0;
}

FOR_EACH_PROCESSOR
void eau_tanh_f32(size_t n, const float *restrict mask, float *restrict x) {
  if (mask)
    for (size_t i = 0; i < n; i++) x[i] = hyperbolic_tangent(x[i]) * mask[i];
  else
    for (size_t i = 0; i < n; i++) x[i] = hyperbolic_tangent(x[i]);
}

FOR_EACH_PROCESSOR
void eau_tanh_adjoint_f32(size_t n, const float *restrict mask, const float *restrict y,
                          float *restrict gradient) {
  if (mask) {
    for (size_t i = 0; i < n; i++) {
      const float t = mask[i] != 0 ? y[i] / mask[i] : 0;
      gradient[i] *= mask[i] * (1 - t * t);
    }
  } else {
    for (size_t i = 0; i < n; i++) gradient[i] *= 1 - y[i] * y[i];
  }
}

FOR_EACH_PROCESSOR
void eau_normalise_rows_f32(size_t rows, size_t columns, const float *restrict x,
                            float *restrict out, float *restrict lengths) {
  SUMS_IN_ANY_ORDER
  for (size_t row = 0; row < rows; row++) {
    const float *from = x + row * columns;
    float squared = 0;
    for (size_t j = 0; j < columns; j++) squared += from[j] * from[j];
    const float root = __builtin_elementwise_sqrt(squared);
    const float length = root > 1e-12f ? root : 1e-12f;
    const float inverse = 1 / length;
    lengths[row] = length;
    for (size_t j = 0; j < columns; j++) out[row * columns + j] = from[j] * inverse;
  }
}

FOR_EACH_PROCESSOR
void eau_normalise_rows_adjoint_f32(size_t rows, size_t columns, const float *restrict y,
                                    const float *restrict lengths, const float *restrict upstream,
                                    float *restrict gradient) {
  SUMS_IN_ANY_ORDER
  for (size_t row = 0; row < rows; row++) {
    const size_t start = row * columns;
    float along = 0;
    for (size_t j = start; j < start + columns; j++) along += upstream[j] * y[j];
    const float inverse = 1 / lengths[row];
    for (size_t j = start; j < start + columns; j++)
      gradient[j] += (upstream[j] - along * y[j]) * inverse;
  }
}

FOR_EACH_PROCESSOR
void eau_polar_normals_f32(size_t n, const double *restrict x, const double *restrict y,
                           const double *restrict r, float *restrict out) {
  for (size_t i = 0; i < n; i++) {
    const double factor = __builtin_elementwise_sqrt(-2 * logarithm_f64(r[i]) / r[i]);
    out[2 * i] = (float)(x[i] * factor);
    out[2 * i + 1] = (float)(y[i] * factor);
  }
}

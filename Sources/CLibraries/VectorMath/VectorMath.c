#include "VectorMath.h"

FOR_EACH_PROCESSOR
void eau_exponentials_f32(size_t n, const float *restrict x, float *restrict out) {
  for (size_t i = 0; i < n; i++) out[i] = exponential(x[i]);
}

FOR_EACH_PROCESSOR
void eau_logarithms_f32(size_t n, const float *restrict x, float *restrict out) {
  for (size_t i = 0; i < n; i++) out[i] = logarithm(x[i]);
}

FOR_EACH_PROCESSOR
void eau_hyperbolic_tangents_f32(size_t n, const float *restrict x, float *restrict out) {
  for (size_t i = 0; i < n; i++) out[i] = hyperbolic_tangent(x[i]);
}

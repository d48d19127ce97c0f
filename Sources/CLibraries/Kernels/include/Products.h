/// Products of matrices.
#ifndef EAU_PRODUCTS_H
#define EAU_PRODUCTS_H
#include <stdbool.h>
#include <stddef.h>

/// Row-major numbers whose rows begin `stride` elements apart; `transposed`, the matrix is the
/// transpose of what lies there.
struct eau_matrix_f32 {
  const float *elements;
  size_t stride;
  bool transposed;
};

/// c [rows, columns] = keep · c + scale · a [rows, depth] · b [depth, columns], c's rows `c_stride`
/// apart. With keep 0, c is not read. Each element is the same sum in the same order whatever rows
/// and columns are asked for beside it.
void eau_product_f32(size_t rows, size_t columns, size_t depth, float scale,
                     struct eau_matrix_f32 a, struct eau_matrix_f32 b, float keep, float *c,
                     size_t c_stride);

/// What a processor computes with.
enum eau_registers { EAU_REGISTERS_BASELINE, EAU_REGISTERS_AVX2, EAU_REGISTERS_AVX512 };

/// The same by the code for these registers; false where this processor has none such.
bool eau_product_with_f32(enum eau_registers registers, size_t rows, size_t columns, size_t depth,
                          float scale, struct eau_matrix_f32 a, struct eau_matrix_f32 b,
                          float keep, float *c, size_t c_stride);

/// out [columns] += x [inputs] · weights [inputs, columns], whose rows are `stride` apart. Zeros in x
/// cost nothing. `last_first` begins with the last weights, to the same result.
void eau_row_product_f32(size_t inputs, size_t columns, const float *x, const float *weights,
                         size_t stride, float *out, bool last_first);

/// out [rows] = keep · out + scale · a [rows, depth] · x [depth], a's rows `stride` apart. With keep
/// 0, out is not read.
void eau_column_product_f32(size_t rows, size_t depth, float scale, const float *a, size_t stride,
                            const float *x, float keep, float *out);

#endif

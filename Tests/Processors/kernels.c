// Calls the kernels of training and inference with the same numbers on every processor and prints
// what they give; check.py compares the lines.
#include <Kernels.h>
#include <VectorMath.h>
#include <stdio.h>

enum { ROWS = 19, COLUMNS = 45, SIZE = ROWS * COLUMNS, MODALITIES = 3 };

static uint32_t state = 1;

/// Uniform in [low, high).
static float uniform(float low, float high) {
  state = state * 1664525 + 1013904223;
  return low + (high - low) * (float)(state >> 8) / (1 << 24);
}

static void fill(float *x, size_t n, float low, float high) {
  for (size_t i = 0; i < n; i++) x[i] = uniform(low, high);
}

static void print(const char *name, const float *x, size_t n) {
  printf("%s:", name);
  for (size_t i = 0; i < n; i++) printf(" %.9g", (double)x[i]);
  printf("\n");
}

static void print_losses(const char *name, const double *x, size_t n) {
  float rounded[ROWS];
  for (size_t i = 0; i < n; i++) rounded[i] = (float)x[i];
  print(name, rounded, n);
}

static void elementary(void) {
  float x[SIZE], y[SIZE];
  fill(x, SIZE, -20, 20);
  eau_exponentials_f32(SIZE, x, y);
  print("exp", y, SIZE);
  eau_hyperbolic_tangents_f32(SIZE, x, y);
  print("tanh", y, SIZE);
  fill(x, SIZE, 0.001f, 50);
  eau_logarithms_f32(SIZE, x, y);
  print("log", y, SIZE);
}

static void arrays(void) {
  float x[SIZE], y[SIZE], z[SIZE], mask[SIZE], lengths[ROWS];
  fill(x, SIZE, -1, 1);
  fill(y, SIZE, -1, 1);
  fill(mask, SIZE, -1, 1);
  for (size_t i = 0; i < SIZE; i++) mask[i] = mask[i] > 0 ? 1.25f : 0;
  eau_axpy_f32(SIZE, 0.5f, x, y);
  fill(z, SIZE, -1, 1);
  eau_multiply_add_f32(SIZE, x, z, y);
  print("add", y, SIZE);
  const float squares = (float)eau_sum_of_squares_f32(SIZE, x);
  print("sum of squares", &squares, 1);
  eau_relu_f32(SIZE, mask, y);
  eau_relu_adjoint_f32(SIZE, mask, y, x);
  print("relu", x, SIZE);
  fill(z, SIZE, -2, 2);
  eau_tanh_f32(SIZE, mask, z);
  eau_tanh_adjoint_f32(SIZE, mask, z, y);
  print("tanh layer", y, SIZE);
  fill(x, SIZE, -1, 1);
  eau_normalise_rows_f32(ROWS, COLUMNS, x, y, lengths);
  eau_normalise_rows_adjoint_f32(ROWS, COLUMNS, y, lengths, x, z);
  print("normalise", z, SIZE);
  float sums[COLUMNS] = {0}, first[SIZE] = {0}, second[SIZE] = {0};
  eau_column_sums_f32(ROWS, COLUMNS, COLUMNS, x, sums);
  print("column sums", sums, COLUMNS);
  eau_adamw_f32(SIZE, y, x, first, second, 0.5f, 0.01f, 0.1f, 0.9f, 0.999f, 1e-8f, 0.1f, 0.001f);
  print("AdamW", y, SIZE);
  const int32_t offsets[] = {0, 2, 2, 5}, indices[] = {3, 18, 0, 7, 9};
  eau_sparse_multiply_f32(3, COLUMNS, offsets, indices, x, x, y);
  print("sparse", y, 3 * COLUMNS);
}

static void products(void) {
  enum { M = 61, N = 70, K = 300 };
  static float a[M * K], b[K * N], c[M * N];
  fill(a, M * K, -1, 1);
  fill(b, K * N, -1, 1);
  for (int transposed = 0; transposed < 4; transposed++) {
    const struct eau_matrix_f32 left = {a, transposed & 1 ? M : K, transposed & 1},
                                right = {b, transposed & 2 ? K : N, transposed & 2};
    fill(c, M * N, -1, 1);
    eau_product_f32(M, N, K, 0.5f, left, right, 1, c, N);
    print("product", c, M * N);
  }
  eau_row_product_f32(K, N, a, b, N, c, false);
  eau_column_product_f32(M, K, 1, a, K, b, 0, c + N);
  print("row and column", c, N + M);
}

static void gaussians(void) {
  static float mu[MODALITIES][SIZE], sigma[MODALITIES][SIZE], presence[MODALITIES][ROWS],
      alpha[MODALITIES][SIZE], d_mu[MODALITIES][SIZE], d_sigma[MODALITIES][SIZE], fused[SIZE];
  const float *mus[MODALITIES], *sigmas[MODALITIES], *there[MODALITIES], *alphas[MODALITIES];
  float *alphas_out[MODALITIES], *d_mus[MODALITIES], *d_sigmas[MODALITIES];
  double losses[ROWS];
  for (size_t m = 0; m < MODALITIES; m++) {
    float logvar[SIZE];
    fill(logvar, SIZE, -9, 3);
    fill(mu[m], SIZE, -2, 2);
    eau_deviation_f32(SIZE, logvar, -8, 2, sigma[m]);
    eau_deviation_adjoint_f32(SIZE, logvar, sigma[m], -8, 2, 1, mu[m], d_sigma[m]);
    eau_sample_f32(SIZE, mu[m], sigma[m], logvar, fused);
    print("sample", fused, SIZE);
    for (size_t row = 0; row < ROWS; row++) presence[m][row] = (row + m) % 5 != 0;
    mus[m] = mu[m], sigmas[m] = sigma[m], there[m] = presence[m], alphas[m] = alpha[m];
    alphas_out[m] = alpha[m], d_mus[m] = d_mu[m], d_sigmas[m] = d_sigma[m];
  }
  eau_prior_f32(0, ROWS, COLUMNS, mu[0], sigma[0], presence[0], losses);
  print_losses("prior", losses, ROWS);
  eau_prior_adjoint_f32(0, ROWS, COLUMNS, mu[0], sigma[0], NULL, 0.1f, d_mu[0], d_sigma[0]);
  eau_pairs_f32(0, ROWS, COLUMNS, MODALITIES, mus, sigmas, there, losses);
  print_losses("pairs", losses, ROWS);
  eau_pairs_adjoint_f32(0, ROWS, COLUMNS, MODALITIES, mus, sigmas, there, 0.1f, d_mus, d_sigmas);
  eau_calibration_f32(0, ROWS, COLUMNS, mu[1], sigma[1], mu[2], presence[1], losses);
  print_losses("calibration", losses, ROWS);
  eau_calibration_adjoint_f32(0, ROWS, COLUMNS, mu[1], sigma[1], mu[2], NULL, 0.1f, d_mu[1],
                              d_sigma[1]);
  for (int32_t score = EAU_SCORE_INVERSE; score <= EAU_SCORE_VARIANCE_SWAP; score++) {
    // A variance swap is told for two.
    const size_t some = score == EAU_SCORE_VARIANCE_SWAP ? 2 : MODALITIES;
    eau_fuse_f32(0, ROWS, COLUMNS, some, score, 0.7f, mus, sigmas, there, alphas_out, fused);
    print("fused", fused, SIZE);
    eau_fuse_adjoint_f32(0, ROWS, COLUMNS, some, score, 0.7f, mus, sigmas, there, alphas, fused,
                         d_mus, d_sigmas);
  }
  for (size_t m = 0; m < MODALITIES; m++) print("d mu", d_mu[m], SIZE);
  for (size_t m = 0; m < MODALITIES; m++) print("d sigma", d_sigma[m], SIZE);
  float similarities[ROWS * ROWS];
  fill(similarities, ROWS * ROWS, -5, 5);
  eau_contrast_f32(0, ROWS, ROWS, 0.5f, 0.1f, presence[0], similarities, losses);
  print("contrast", similarities, ROWS * ROWS);
  print_losses("L_URA", losses, ROWS);
}

/// The widest registers whose code for products runs here.
static const char *registers(void) {
  const char *const names[] = {"baseline", "AVX2", "AVX-512"};
  const float one = 1;
  const struct eau_matrix_f32 single = {&one, 1, false};
  const char *widest = "none";
  for (int kind = EAU_REGISTERS_BASELINE; kind <= EAU_REGISTERS_AVX512; kind++) {
    float product;
    if (eau_product_with_f32((enum eau_registers)kind, 1, 1, 1, 1, single, single, 0, &product, 1))
      widest = names[kind];
  }
  return widest;
}

int main(void) {
  printf("%s\n", registers());
  elementary();
  arrays();
  products();
  gaussians();
  return 0;
}

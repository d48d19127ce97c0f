// The product for one kind of registers, LANES floats each; included once a kind by Products.c.
//
// A tile of c, ROWS × 2 registers, is summed up in registers while a row of b's panel (its 2 LANES
// columns) is read per step of the depth. Blocks of b that few rows of c are made from are read
// where they lie; others are arranged panel by panel first, as are those of a transposed a.

typedef float NAME(lanes) __attribute__((vector_size(LANES * sizeof(float)), aligned(4)));

INLINE TARGET NAME(lanes) NAME(load)(const float *x) { return *(const NAME(lanes) *)x; }
INLINE TARGET void NAME(store)(float *x, NAME(lanes) value) { *(NAME(lanes) *)x = value; }

/// c [rows, columns ≤ 2 LANES] = keep · c + scale · Σ over the depth.
INLINE TARGET void NAME(tile)(const size_t rows, size_t columns, size_t depth, float scale,
                              struct part a, struct part b, float keep, float *c,
                              size_t c_stride) {
  NAME(lanes) sums[ROWS][2];
  UNROLLED for (size_t r = 0; r < rows; r++) sums[r][0] = sums[r][1] = (NAME(lanes)){0};
  for (size_t k = 0; k < depth; k++, a.start += a.step, b.start += b.step) {
    const NAME(lanes) left = NAME(load)(b.start), right = NAME(load)(b.start + LANES);
    for (size_t half = 0; half < 2 * LANES; half += LANES)
      __builtin_prefetch(b.start + STEPS_AHEAD * b.step + half);
    UNROLLED for (size_t r = 0; r < rows; r++) {
      const float factor = a.start[r * a.across];
      sums[r][0] += factor * left;
      sums[r][1] += factor * right;
    }
  }
  UNROLLED for (size_t r = 0; r < rows; r++, c += c_stride) {
    const NAME(lanes) left = scale * sums[r][0], right = scale * sums[r][1];
    if (columns < 2 * LANES) {
      float row[2 * LANES];
      NAME(store)(row, left);
      NAME(store)(row + LANES, right);
      for (size_t j = 0; j < columns; j++) c[j] = keep == 0 ? row[j] : row[j] + keep * c[j];
    } else if (keep == 0) {
      NAME(store)(c, left);
      NAME(store)(c + LANES, right);
    } else {
      NAME(store)(c, left + keep * NAME(load)(c));
      NAME(store)(c + LANES, right + keep * NAME(load)(c + LANES));
    }
  }
}

/// A tile of whichever height: the registers of each are known to the compiler.
TARGET static void NAME(some_tile)(size_t rows, size_t columns, size_t depth, float scale,
                                   struct part a, struct part b, float keep, float *c,
                                   size_t c_stride) {
#define HEIGHT(HERE) \
  case HERE: return NAME(tile)(HERE, columns, depth, scale, a, b, keep, c, c_stride);
  switch (rows) {
    HEIGHT(1) HEIGHT(2) HEIGHT(3) HEIGHT(4) HEIGHT(5) HEIGHT(6)
#if ROWS == 12
    HEIGHT(7) HEIGHT(8) HEIGHT(9) HEIGHT(10) HEIGHT(11) HEIGHT(12)
#endif
  }
#undef HEIGHT
}

/// out [LANES, out_stride …] = the transpose of x [LANES, stride …]: interleaving the rows of the
/// first half with those of the second, log2 LANES times, is a transposition.
INLINE TARGET void NAME(transpose)(const float *x, size_t stride, float *out, size_t out_stride) {
  NAME(lanes) rows[LANES], next[LANES];
  UNROLLED for (size_t i = 0; i < LANES; i++) rows[i] = NAME(load)(x + i * stride);
  UNROLLED for (size_t done = 1; done < LANES; done *= 2) {
    UNROLLED for (size_t i = 0; i < LANES / 2; i++) {
      next[2 * i] = INTERLEAVE_FIRST(rows[i], rows[i + LANES / 2]);
      next[2 * i + 1] = INTERLEAVE_LAST(rows[i], rows[i + LANES / 2]);
    }
    UNROLLED for (size_t i = 0; i < LANES; i++) rows[i] = next[i];
  }
  UNROLLED for (size_t i = 0; i < LANES; i++) NAME(store)(out + i * out_stride, rows[i]);
}

/// Panels one after another, the last one filled up with zeros.
TARGET static void NAME(arrange_b)(size_t depth, size_t columns, struct eau_matrix_f32 b,
                                   float *panel) {
  for (size_t j = 0; j < columns; j += 2 * LANES, panel += depth * 2 * LANES) {
    const size_t count = columns - j < 2 * LANES ? columns - j : 2 * LANES;
    const float *from = b.elements + j * (b.transposed ? b.stride : 1);
    size_t k = 0;
    if (count == 2 * LANES && b.transposed)
      for (; k + LANES <= depth; k += LANES)
        for (size_t half = 0; half < 2 * LANES; half += LANES)
          NAME(transpose)(from + half * b.stride + k, b.stride, panel + k * 2 * LANES + half,
                          2 * LANES);
    else if (count == 2 * LANES)
      for (; k < depth; k++)
        for (size_t half = 0; half < 2 * LANES; half += LANES)
          NAME(store)(panel + k * 2 * LANES + half, NAME(load)(from + k * b.stride + half));
    for (; k < depth; k++)
      for (size_t lane = 0; lane < 2 * LANES; lane++)
        panel[k * 2 * LANES + lane] =
            lane >= count ? 0 : from[b.transposed ? lane * b.stride + k : k * b.stride + lane];
  }
}

/// out [depth, GATHERED] = the first columns of a as it lies.
TARGET static void NAME(arrange_a)(size_t depth, size_t count, struct eau_matrix_f32 a,
                                   float *out) {
  const float *from = a.elements;
  for (size_t k = 0; k < depth; k++, from += a.stride, out += GATHERED)
    if (count == GATHERED) {
      UNROLLED for (size_t i = 0; i < GATHERED; i += LANES)
          NAME(store)(out + i, NAME(load)(from + i));
    } else {
      for (size_t i = 0; i < count; i++) out[i] = from[i];
    }
}

/// One block of the depth and of the columns, for all rows.
TARGET static void NAME(block)(size_t rows, size_t columns, size_t depth, float scale,
                               struct eau_matrix_f32 a, struct eau_matrix_f32 b, float keep,
                               float *c, size_t c_stride) {
  float panels[MOST_DEPTH * MOST_COLUMNS] __attribute__((aligned(64)));
  float gathered[MOST_DEPTH * GATHERED] __attribute__((aligned(64)));
  const bool arranged = b.transposed || rows > FEW_ROWS || columns % (2 * LANES) != 0;
  if (arranged) NAME(arrange_b)(depth, columns, b, panels);
  for (size_t start = 0; start < rows; start += GATHERED) {
    const size_t end = rows - start < GATHERED ? rows : start + GATHERED;
    struct part from_a = {a.elements + start * a.stride, a.stride, 1};
    if (a.transposed) {
      const struct eau_matrix_f32 some = {a.elements + start, a.stride, true};
      NAME(arrange_a)(depth, end - start, some, gathered);
      from_a = (struct part){gathered, 1, GATHERED};
    }
    for (size_t i = start; i < end; i += ROWS, from_a.start += ROWS * from_a.across) {
      const size_t height = end - i < ROWS ? end - i : ROWS;
      for (size_t j = 0; j < columns; j += 2 * LANES) {
        const struct part from_b = {arranged ? panels + j * depth : b.elements + j, 1,
                                    arranged ? 2 * LANES : b.stride};
        const size_t width = columns - j < 2 * LANES ? columns - j : 2 * LANES;
        NAME(some_tile)(height, width, depth, scale, from_a, from_b, keep,
                        c + i * c_stride + j, c_stride);
      }
    }
  }
}

TARGET static void NAME(product)(size_t rows, size_t columns, size_t depth, float scale,
                                 struct eau_matrix_f32 a, struct eau_matrix_f32 b, float keep,
                                 float *c, size_t c_stride) {
  for (size_t j = 0; j < columns; j += MOST_COLUMNS) {
    const size_t width = columns - j < MOST_COLUMNS ? columns - j : MOST_COLUMNS;
    // Once for no depth, too: c is to become keep · c.
    size_t k = 0;
    do {
      const size_t height = depth - k < MOST_DEPTH ? depth - k : MOST_DEPTH;
      const struct eau_matrix_f32 from_a = {a.elements + k * (a.transposed ? a.stride : 1),
                                            a.stride, a.transposed},
                                  from_b = {b.elements + (b.transposed ? j * b.stride + k
                                                                       : k * b.stride + j),
                                            b.stride, b.transposed};
      NAME(block)(rows, width, height, scale, from_a, from_b, k ? 1 : keep, c + j, c_stride);
      k += height;
    } while (k < depth);
  }
}

#undef NAME
#undef TARGET
#undef LANES
#undef ROWS
#undef INTERLEAVE_FIRST
#undef INTERLEAVE_LAST

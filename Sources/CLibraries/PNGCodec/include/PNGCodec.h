/// PNG in and out of memory, over libpng 1.6.
///
/// libpng reports errors by longjmp, which must never cross a Swift frame: both functions below
/// contain it, return a status, and write one line of plain text for people. Nothing is printed.
#ifndef PNG_CODEC_H
#define PNG_CODEC_H

#include <stddef.h>
#include <stdint.h>

typedef enum {
  PNG_CODEC_OK = 0,
  /// The bytes do not start with the PNG signature and an IHDR chunk.
  PNG_CODEC_NOT_A_PNG = 1,
  /// A PNG by its first bytes, but truncated or inconsistent further on.
  PNG_CODEC_DAMAGED = 2,
  /// A side or the decoded size is above the limit; nothing was allocated for pixels.
  PNG_CODEC_TOO_LARGE = 3,
  PNG_CODEC_OUT_OF_MEMORY = 4,
  /// The arguments themselves are inconsistent.
  PNG_CODEC_BAD_ARGUMENT = 5
} png_codec_status;

/// What the reader refuses before it allocates.
typedef struct {
  uint32_t maximum_width;
  uint32_t maximum_height;
  /// Decoded size, row_bytes * height.
  size_t maximum_bytes;
} png_codec_limits;

/// A decoded image. Palettes are expanded to RGB, tRNS to alpha, depths below 8 to 8; otherwise
/// channels and depth are the file's own and the values raw: no gamma, no colour profile.
typedef struct {
  uint32_t width;
  uint32_t height;
  /// 1 grey, 2 grey and alpha, 3 RGB, 4 RGB and alpha; interleaved.
  uint32_t channels;
  /// 8, or 16 in the byte order of this machine.
  uint32_t bit_depth;
  size_t row_bytes;
  /// row_bytes * height bytes; give them back to `png_codec_free`.
  uint8_t *pixels;
  /// As written in the file: 0 grey, 2 RGB, 3 palette, 4 grey and alpha, 6 RGB and alpha.
  uint32_t file_color_type;
  /// As written in the file: 1, 2, 4, 8 or 16.
  uint32_t file_bit_depth;
  /// 1 for Adam7.
  uint32_t file_interlaced;
} png_codec_image;

/// Decodes a whole PNG file held in memory.
///
/// Every colour type, bit depth and interlace method; the file must be complete up to and with its
/// IEND chunk. On success `image->pixels` is the caller's to free; on any other status it is NULL,
/// and `message` (of `message_size` bytes, always terminated) says what was wrong. For
/// PNG_CODEC_TOO_LARGE, `image->width` and `image->height` hold what the header claims.
png_codec_status png_codec_read(
  const uint8_t *bytes, size_t count, png_codec_limits limits, png_codec_image *image,
  char *message, size_t message_size);

/// Encodes 8-bit pixels, `channels` 1 (grey), 3 (RGB) or 4 (RGBA), rows without gaps.
///
/// `compression` is zlib's 0 (none) to 9 (smallest). On success `*bytes` holds `*count` bytes to
/// give back to `png_codec_free`; otherwise `*bytes` is NULL. Equal input gives equal bytes.
png_codec_status png_codec_write(
  const uint8_t *pixels, uint32_t width, uint32_t height, uint32_t channels, int compression,
  uint8_t **bytes, size_t *count, char *message, size_t message_size);

/// Frees what `png_codec_read` or `png_codec_write` allocated; NULL is fine.
void png_codec_free(void *memory);

#endif

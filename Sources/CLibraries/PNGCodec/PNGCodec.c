#include "PNGCodec.h"

#include <png.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* DEFLATE cannot expand a byte to more than this many: a header that promises more is a lie. */
static const size_t maximum_expansion = 1032;

/* Where libpng's error callback puts its text. */
typedef struct {
  char *message;
  size_t size;
} report;

static void say(report *to, const char *text) {
  if (to->size > 0) snprintf(to->message, to->size, "%s", text);
}

static void fail(png_structp png, png_const_charp text) {
  say((report *)png_get_error_ptr(png), text);
  png_longjmp(png, 1);
}

/* libpng warns about profiles and chunks that do not touch the raw values. */
static void ignore(png_structp png, png_const_charp text) {
  (void)png;
  (void)text;
}

/* Everything that must survive a longjmp lives behind a pointer, not in locals, so that no value
   can be stale in a register afterwards. */
typedef struct {
  const uint8_t *bytes;
  size_t count;
  size_t offset;
  png_structp png;
  png_infop info;
  png_bytep *rows;
  png_codec_limits limits;
  png_codec_image *image;
  report report;
  png_codec_status status;
} reader;

static void take(png_structp png, png_bytep destination, png_size_t count) {
  reader *r = (reader *)png_get_io_ptr(png);
  if (count > r->count - r->offset) png_error(png, "the file ends in the middle of the image");
  memcpy(destination, r->bytes + r->offset, count);
  r->offset += count;
}

static uint32_t big_endian(const uint8_t *bytes) {
  return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
}

static int refuse(reader *r, png_codec_status status, const char *text) {
  r->status = status;
  say(&r->report, text);
  return 0;
}

/* Colour type 0 grey, 2 RGB, 3 palette, 4 grey and alpha, 6 RGB and alpha, each with its depths. */
static int is_legal(uint8_t color_type, uint8_t depth) {
  switch (color_type) {
  case 0: return depth == 1 || depth == 2 || depth == 4 || depth == 8 || depth == 16;
  case 3: return depth == 1 || depth == 2 || depth == 4 || depth == 8;
  case 2:
  case 4:
  case 6: return depth == 8 || depth == 16;
  default: return 0;
  }
}

/* Bit depth, colour type, compression, filter and interlace method. */
static int check_kind(reader *r) {
  const uint8_t *kind = r->bytes + 24;
  if (!is_legal(kind[1], kind[0])) {
    r->status = PNG_CODEC_DAMAGED;
    if (r->report.size > 0)
      snprintf(
        r->report.message, r->report.size,
        "the header gives colour type %d with a bit depth of %d, which PNG does not have", kind[1],
        kind[0]);
    return 0;
  }
  if (kind[2] != 0 || kind[3] != 0 || kind[4] > 1)
    return refuse(
      r, PNG_CODEC_DAMAGED, "the header gives an unknown compression, filter or interlace method");
  return 1;
}

/* Signature, kind and size of the image, read by hand: libpng's own words for whatever is wrong
   with them are "Invalid IHDR data", which helps nobody. */
static int check_header(reader *r) {
  if (r->count < 8 || png_sig_cmp(r->bytes, 0, 8) != 0)
    return refuse(r, PNG_CODEC_NOT_A_PNG, "the PNG signature is missing");
  if (r->count < 33 || memcmp(r->bytes + 12, "IHDR", 4) != 0)
    return refuse(r, PNG_CODEC_DAMAGED, "the header chunk is missing or cut short");
  r->image->width = big_endian(r->bytes + 16);
  r->image->height = big_endian(r->bytes + 20);
  if (!check_kind(r)) return 0;
  if (r->image->width == 0 || r->image->height == 0)
    return refuse(r, PNG_CODEC_DAMAGED, "the header gives a side of zero pixels");
  if (r->image->width > r->limits.maximum_width || r->image->height > r->limits.maximum_height)
    return refuse(r, PNG_CODEC_TOO_LARGE, "a side is longer than the limit");
  return 1;
}

static uint32_t file_channels(uint32_t color_type) {
  switch (color_type) {
  case PNG_COLOR_TYPE_RGB: return 3;
  case PNG_COLOR_TYPE_GRAY_ALPHA: return 2;
  case PNG_COLOR_TYPE_RGB_ALPHA: return 4;
  default: return 1;
  }
}

static int check_size(reader *r) {
  png_codec_image *image = r->image;
  if (image->row_bytes > r->limits.maximum_bytes / image->height)
    return refuse(r, PNG_CODEC_TOO_LARGE, "the decoded image is larger than the limit");
  size_t bits = (size_t)image->width * image->file_bit_depth * file_channels(image->file_color_type);
  size_t least = bits / 8 * image->height;
  if (least / maximum_expansion > r->count)
    return refuse(r, PNG_CODEC_DAMAGED, "the file is too short for the size its header claims");
  return 1;
}

/* The only frame that libpng jumps back to while reading. */
static void read_guarded(reader *r) {
  if (setjmp(png_jmpbuf(r->png))) {
    if (r->status == PNG_CODEC_OK) r->status = PNG_CODEC_DAMAGED;
    return;
  }
  png_codec_image *image = r->image;
  png_set_read_fn(r->png, r, take);
  png_set_user_limits(r->png, r->limits.maximum_width, r->limits.maximum_height);
#ifdef PNG_HANDLE_AS_UNKNOWN_SUPPORTED
  /* Skip every ancillary chunk but tRNS: none of them changes a raw value. */
  png_set_keep_unknown_chunks(r->png, PNG_HANDLE_CHUNK_NEVER, NULL, -1);
#endif
  png_read_info(r->png, r->info);
  image->file_color_type = png_get_color_type(r->png, r->info);
  image->file_bit_depth = png_get_bit_depth(r->png, r->info);
  image->file_interlaced = png_get_interlace_type(r->png, r->info) != PNG_INTERLACE_NONE;
  png_set_expand(r->png);
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
  if (image->file_bit_depth == 16) png_set_swap(r->png);
#endif
  (void)png_set_interlace_handling(r->png);
  png_read_update_info(r->png, r->info);
  image->channels = png_get_channels(r->png, r->info);
  image->bit_depth = png_get_bit_depth(r->png, r->info);
  image->row_bytes = png_get_rowbytes(r->png, r->info);
  if (!check_size(r)) return;

  image->pixels = malloc(image->row_bytes * image->height);
  r->rows = malloc(sizeof(png_bytep) * image->height);
  if (image->pixels == NULL || r->rows == NULL) {
    refuse(r, PNG_CODEC_OUT_OF_MEMORY, "no memory for the decoded image");
    return;
  }
  for (uint32_t y = 0; y < image->height; y++) r->rows[y] = image->pixels + y * image->row_bytes;
  png_read_image(r->png, r->rows);
  png_read_end(r->png, NULL);
}

png_codec_status png_codec_read(
  const uint8_t *bytes, size_t count, png_codec_limits limits, png_codec_image *image,
  char *message, size_t message_size
) {
  memset(image, 0, sizeof *image);
  reader r = {0};
  r.bytes = bytes;
  r.count = bytes == NULL ? 0 : count;
  r.limits = limits;
  r.image = image;
  r.report.message = message;
  r.report.size = message == NULL ? 0 : message_size;
  say(&r.report, "");
  if (!check_header(&r)) return r.status;

  r.png = png_create_read_struct(PNG_LIBPNG_VER_STRING, &r.report, fail, ignore);
  if (r.png != NULL) r.info = png_create_info_struct(r.png);
  if (r.info == NULL)
    refuse(&r, PNG_CODEC_OUT_OF_MEMORY, "no memory to start the decoder");
  else
    read_guarded(&r);
  png_destroy_read_struct(&r.png, &r.info, NULL);
  free(r.rows);
  if (r.status != PNG_CODEC_OK) {
    free(image->pixels);
    image->pixels = NULL;
  }
  return r.status;
}

typedef struct {
  uint8_t *bytes;
  size_t count;
  size_t capacity;
  png_structp png;
  png_infop info;
  report report;
  png_codec_status status;
} writer;

static void put(png_structp png, png_bytep source, png_size_t count) {
  writer *w = (writer *)png_get_io_ptr(png);
  if (count > w->capacity - w->count) {
    size_t capacity = (w->count + count) * 2;
    uint8_t *grown = realloc(w->bytes, capacity);
    if (grown == NULL) {
      w->status = PNG_CODEC_OUT_OF_MEMORY;
      png_error(png, "no memory for the encoded image");
    }
    w->bytes = grown;
    w->capacity = capacity;
  }
  memcpy(w->bytes + w->count, source, count);
  w->count += count;
}

static void flush(png_structp png) { (void)png; }

/* The only frame that libpng jumps back to while writing. */
static void write_guarded(
  writer *w, const uint8_t *pixels, uint32_t width, uint32_t height, uint32_t channels,
  int compression
) {
  if (setjmp(png_jmpbuf(w->png))) {
    if (w->status == PNG_CODEC_OK) w->status = PNG_CODEC_BAD_ARGUMENT;
    return;
  }
  int type = channels == 1 ? PNG_COLOR_TYPE_GRAY
    : channels == 3        ? PNG_COLOR_TYPE_RGB
                           : PNG_COLOR_TYPE_RGB_ALPHA;
  png_set_write_fn(w->png, w, put, flush);
  png_set_compression_level(w->png, compression);
  png_set_IHDR(
    w->png, w->info, width, height, 8, type, PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT,
    PNG_FILTER_TYPE_DEFAULT);
  png_write_info(w->png, w->info);
  for (uint32_t y = 0; y < height; y++)
    png_write_row(w->png, pixels + (size_t)y * width * channels);
  png_write_end(w->png, w->info);
}

png_codec_status png_codec_write(
  const uint8_t *pixels, uint32_t width, uint32_t height, uint32_t channels, int compression,
  uint8_t **bytes, size_t *count, char *message, size_t message_size
) {
  writer w = {0};
  w.report.message = message;
  w.report.size = message == NULL ? 0 : message_size;
  say(&w.report, "");
  *bytes = NULL;
  *count = 0;
  if (
    pixels == NULL || width == 0 || height == 0 || compression < 0 || compression > 9
    || (channels != 1 && channels != 3 && channels != 4)
  ) {
    say(&w.report, "expected pixels, sides above 0, 1, 3 or 4 channels and compression 0...9");
    return PNG_CODEC_BAD_ARGUMENT;
  }
  w.png = png_create_write_struct(PNG_LIBPNG_VER_STRING, &w.report, fail, ignore);
  if (w.png != NULL) w.info = png_create_info_struct(w.png);
  if (w.info == NULL) {
    w.status = PNG_CODEC_OUT_OF_MEMORY;
    say(&w.report, "no memory to start the encoder");
  } else {
    write_guarded(&w, pixels, width, height, channels, compression);
  }
  png_destroy_write_struct(&w.png, &w.info);
  if (w.status != PNG_CODEC_OK) {
    free(w.bytes);
    return w.status;
  }
  *bytes = w.bytes;
  *count = w.count;
  return PNG_CODEC_OK;
}

void png_codec_free(void *memory) { free(memory); }

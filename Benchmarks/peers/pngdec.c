/* The plain libpng way to decode a PNG from memory to 8-bit samples: pngdec FILE. Takes turns as
   peers/turns.py does. */
#include <png.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

struct source {
  const unsigned char *bytes;
  size_t count, position;
};

static double now(clockid_t clock) {
  struct timespec t;
  clock_gettime(clock, &t);
  return t.tv_sec + 1e-9 * t.tv_nsec;
}

static void take(png_structp png, png_bytep target, png_size_t count) {
  struct source *source = png_get_io_ptr(png);
  if (source->position + count > source->count) png_error(png, "end of file");
  memcpy(target, source->bytes + source->position, count);
  source->position += count;
}

static int decode(const unsigned char *bytes, size_t count) {
  png_structp png = png_create_read_struct(PNG_LIBPNG_VER_STRING, 0, 0, 0);
  png_infop info = png_create_info_struct(png);
  struct source source = {bytes, count, 0};
  if (setjmp(png_jmpbuf(png))) return 0;
  png_set_read_fn(png, &source, take);
  png_read_info(png, info);
  png_set_expand(png);
  png_read_update_info(png, info);
  size_t height = png_get_image_height(png, info), row = png_get_rowbytes(png, info);
  unsigned char *pixels = malloc(height * row);
  for (size_t y = 0; y < height; y++) png_read_row(png, pixels + y * row, 0);
  png_read_end(png, 0);
  png_destroy_read_struct(&png, &info, 0);
  int sum = pixels[0] >= 0;
  free(pixels);
  return sum;
}

int main(int argc, char **argv) {
  FILE *file = argc == 2 ? fopen(argv[1], "rb") : NULL;
  if (!file) return 2;
  fseek(file, 0, SEEK_END);
  size_t count = ftell(file);
  rewind(file);
  unsigned char *bytes = malloc(count);
  if (fread(bytes, 1, count, file) != count || !decode(bytes, count)) return 1;
  char line[64];
  while (fgets(line, sizeof line, stdin)) {
    double start = now(CLOCK_MONOTONIC), own = now(CLOCK_PROCESS_CPUTIME_ID), elapsed;
    long done = 0;
    do {
      done += decode(bytes, count);
      elapsed = now(CLOCK_MONOTONIC) - start;
    } while (elapsed < 0.4);
    printf("{\"done\": %ld, \"seconds\": %.9f, \"cpu\": %.9f}\n", done, elapsed,
           now(CLOCK_PROCESS_CPUTIME_ID) - own);
    fflush(stdout);
  }
  return 0;
}

/* SPDX-FileCopyrightText: The VirtDeck authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * draw RATE [box|full]: draws to the screen of Tiny Linux RATE times a second; 0 ends it.
 *   box   a square of 128 pixels that wanders: little changes per frame
 *   full  a gradient that moves: every pixel changes in every frame
 * The newest call replaces the one before. One line on standard output says what it does.
 */
#include "background.h"

#include <fcntl.h>
#include <linux/fb.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

struct screen {
    uint8_t *pixels;
    int width, height, stride, bytes_per_pixel;
};

static int open_screen(struct screen *screen)
{
    struct fb_var_screeninfo variable;
    struct fb_fix_screeninfo fixed;
    int fd = open("/dev/fb0", O_RDWR | O_CLOEXEC);

    if (fd < 0 || ioctl(fd, FBIOGET_VSCREENINFO, &variable) < 0
        || ioctl(fd, FBIOGET_FSCREENINFO, &fixed) < 0)
        return -1;
    screen->width = (int)variable.xres;
    screen->height = (int)variable.yres;
    screen->stride = (int)fixed.line_length;
    screen->bytes_per_pixel = (int)variable.bits_per_pixel / 8;
    screen->pixels = mmap(NULL, (size_t)fixed.line_length * variable.yres, PROT_READ | PROT_WRITE,
                          MAP_SHARED, fd, 0);
    return screen->pixels == MAP_FAILED ? -1 : 0;
}

static void put(const struct screen *screen, int x, int y, uint32_t rgb)
{
    uint8_t *pixel = screen->pixels + (size_t)y * screen->stride + (size_t)x * screen->bytes_per_pixel;

    if (screen->bytes_per_pixel == 2) {
        uint16_t value = (uint16_t)((rgb >> 8 & 0xf800) | (rgb >> 5 & 0x07e0) | (rgb >> 3 & 0x001f));
        memcpy(pixel, &value, sizeof value);
    } else {
        memcpy(pixel, &rgb, (size_t)screen->bytes_per_pixel);
    }
}

static void fill(const struct screen *screen, int left, int top, int size, uint32_t rgb)
{
    for (int y = top; y < top + size && y < screen->height; y++)
        for (int x = left; x < left + size && x < screen->width; x++)
            put(screen, x, y, rgb);
}

static void draw_box(const struct screen *screen, unsigned frame)
{
    enum { size = 128 };
    static int left = -1, top;

    if (left >= 0)
        fill(screen, left, top, size, 0x102030);
    left = (int)(frame * 8 % (unsigned)(screen->width - size));
    top = (int)(frame * 4 % (unsigned)(screen->height - size));
    fill(screen, left, top, size, 0xe69f00 ^ (frame << 3 & 0xff));
}

static void draw_full(const struct screen *screen, unsigned frame)
{
    for (int y = 0; y < screen->height; y++)
        for (int x = 0; x < screen->width; x++)
            put(screen, x, y, ((unsigned)x + frame * 3 & 255) << 16 | ((unsigned)y + frame * 4 & 255) << 8);
}

int main(int argc, char **argv)
{
    double rate = argc > 1 ? atof(argv[1]) : -1;
    int full = argc > 2 && strcmp(argv[2], "full") == 0;
    struct screen screen;
    struct timespec pause;

    if (rate < 0) {
        fputs("usage: draw RATE [box|full]\n", stderr);
        return 2;
    }
    end_previous("draw");
    if (rate == 0) {
        puts("draw: off");
        return 0;
    }
    if (open_screen(&screen) < 0) {
        perror("draw: /dev/fb0");
        return 1;
    }
    printf("draw: %g frames a second, %s, %dx%d\n", rate, full ? "full" : "box", screen.width, screen.height);
    go_to_background("draw");
    pause.tv_sec = (time_t)(1 / rate);
    pause.tv_nsec = (long)((1 / rate - (double)pause.tv_sec) * 1e9);
    for (unsigned frame = 0;; frame++) {
        (full ? draw_full : draw_box)(&screen, frame);
        nanosleep(&pause, NULL);
    }
}

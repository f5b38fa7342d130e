/* SPDX-FileCopyrightText: The VirtDeck authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * burn PERCENT: keeps one CPU of Tiny Linux busy for PERCENT of the time; 0 ends it.
 * The newest call replaces the one before.
 */
#include "background.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

int main(int argc, char **argv)
{
    const double period = 0.05;
    double share = argc > 1 ? atof(argv[1]) / 100 : -1;

    if (share < 0 || share > 1) {
        fputs("usage: burn PERCENT\n", stderr);
        return 2;
    }
    end_previous("burn");
    printf("burn: %g %%\n", share * 100);
    if (share == 0)
        return 0;
    go_to_background("burn");
    for (;;) {
        double start = now();
        struct timespec rest = { 0, (long)(period * (1 - share) * 1e9) };
        while (now() - start < period * share)
            ;
        if (share < 1)
            nanosleep(&rest, NULL);
    }
}

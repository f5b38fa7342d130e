/* SPDX-FileCopyrightText: The VirtDeck authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One background process per name, remembered in /run/NAME.pid.
 */
#pragma once

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static inline void pid_file(char* path, size_t size, const char* name)
{
    snprintf(path, size, "/run/%s.pid", name);
}

static inline void end_previous(const char* name)
{
    char path[64];
    int pid = 0;
    FILE* file;

    pid_file(path, sizeof path, name);
    file = fopen(path, "r");
    if (!file)
        return;
    if (fscanf(file, "%d", &pid) == 1 && pid > 1)
        kill(pid, SIGKILL);
    fclose(file);
    unlink(path);
}

static inline void go_to_background(const char* name)
{
    char path[64];
    FILE* file;

    fflush(stdout);
    if (fork() != 0)
        _exit(0);
    setsid();
    pid_file(path, sizeof path, name);
    file = fopen(path, "w");
    if (file) {
        fprintf(file, "%d\n", (int)getpid());
        fclose(file);
    }
}

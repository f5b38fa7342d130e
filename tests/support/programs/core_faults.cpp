// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// core-faults FOLDER OPERATION [NUMBER]: carries out an operation of tests/support/FaultWorld in
// FOLDER, and kills itself as the step with that number (from 0) begins, as `kill -9` would. Prints
// each step as it begins.
#include "tests/support/Await.h"
#include "tests/support/FaultWorld.h"

#include <QCoreApplication>

#include <unistd.h>

#include <csignal>
#include <cstdio>

int main(int argc, char* argv[])
{
    const QCoreApplication app(argc, argv);
    const QStringList arguments = app.arguments();
    if (arguments.size() < 3)
        return 64;
    const int fatal = arguments.size() > 3 ? arguments.at(3).toInt() : -1;
    bool isOpen = false;
    int number = 0;
    const auto hook = [&](const QString& operation, const QString& step) -> vmm::Result<void> {
        if (!isOpen)
            return {};
        std::printf("%s/%s\n", qPrintable(operation), qPrintable(step));
        std::fflush(stdout);
        if (number++ == fatal)
            ::kill(::getpid(), SIGKILL);
        return {};
    };
    tests::FaultWorld world(arguments.at(1));
    if (const QString problem = world.open(hook); !problem.isEmpty()) {
        std::fprintf(stderr, "%s\n", qPrintable(problem));
        return 65;
    }
    isOpen = true;
    const auto done = tests::waitFor(world.begin(arguments.at(2)), 60'000);
    if (!done)
        std::fprintf(stderr, "%s\n", qPrintable(done.error().toString()));
    return done ? 0 : 1;
}

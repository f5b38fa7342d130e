// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// bench-store: how long it takes to open a data folder with 10,000 defined machines, beside merely
// reading the same files.
#include "tests/bench/Figure.h"
#include "tests/bench/Need.h"
#include "tests/support/TempHome.h"

#include <QCoreApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>

namespace {

constexpr int kMachines = 10'000;
constexpr int kRounds = 5;

/// As the store lays machines out, without syncing each to disk.
void fill(const QString& dataFolder)
{
    {
        vmm::Core core({ .dataFolder = dataFolder,
            .runtimeFolder = dataFolder + QStringLiteral("/run"),
            .accelerator = vmm::AcceleratorReport {} });
        bench::need(bench::wait(core.open())); // makes the folder
    }
    for (int i = 0; i < kMachines; ++i) {
        const QUuid id = QUuid::createUuid();
        const QString folder
            = dataFolder + QStringLiteral("/machines/") + id.toString(QUuid::WithoutBraces);
        QDir().mkpath(folder);
        QFile file(folder + QStringLiteral("/domain.xml"));
        const QByteArray xml = tests::smallDomainXml(QStringLiteral("machine-%1").arg(i), id,
            QStringLiteral("<disk type='file' device='disk'><driver name='qemu' type='qcow2'/>"
                           "<source file='/srv/images/%1.qcow2'/>"
                           "<target dev='vda' bus='virtio'/></disk>"
                           "<interface type='user'><mac address='52:54:00:00:00:01'/>"
                           "<model type='virtio'/></interface>")
                .arg(i))
                                   .toUtf8();
        if (!file.open(QIODevice::WriteOnly) || file.write(xml) != xml.size())
            qFatal("can't write %s", qPrintable(file.fileName()));
    }
}

double readAllMs(const QString& dataFolder)
{
    QElapsedTimer timer;
    timer.start();
    const QDir machines(dataFolder + QStringLiteral("/machines"));
    qsizetype bytes = 0;
    const QStringList names = machines.entryList(QDir::Dirs | QDir::NoDotAndDotDot);
    for (const QString& name : names) {
        QFile file(machines.filePath(name) + QStringLiteral("/domain.xml"));
        if (file.open(QIODevice::ReadOnly))
            bytes += file.readAll().size();
    }
    if (bytes == 0)
        qFatal("nothing was read");
    return static_cast<double>(timer.nsecsElapsed()) / 1e6;
}

double openMs(const tests::TempHome& home)
{
    QElapsedTimer timer;
    timer.start();
    vmm::CoreOptions options = home.options();
    options.qemu = vmm::QemuInstallation { .emulator = QStringLiteral("/bin/true") };
    vmm::Core core(options);
    bench::need(bench::wait(core.open()));
    if (core.machines().size() != kMachines)
        qFatal("%lld machines instead of %d", static_cast<long long>(core.machines().size()),
            kMachines);
    return static_cast<double>(timer.nsecsElapsed()) / 1e6;
}

} // namespace

int main(int argc, char* argv[])
{
    const QCoreApplication app(argc, argv);
    const tests::TempHome home;
    fill(home.dataFolder());
    std::vector<double> opened;
    std::vector<double> read;
    for (int round = 0; round < kRounds; ++round) {
        read.push_back(readAllMs(home.dataFolder()));
        opened.push_back(openMs(home));
    }
    const double median = bench::median(opened);
    bench::print({ .bench = QStringLiteral("store"),
        .metric = QStringLiteral("open a data folder of %1 machines").arg(kMachines),
        .value = median,
        .unit = QStringLiteral("ms"),
        .against
        = QStringLiteral("reading the files alone: %1 ms").arg(bench::median(read), 0, 'g', 4),
        .ratio = median / bench::median(read),
        .goal = QStringLiteral("<= 1000 ms") });
}

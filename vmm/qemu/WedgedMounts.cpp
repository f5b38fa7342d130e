// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "vmm/qemu/WedgedMounts.h"

#include "vmm/base/FileDescriptor.h"

#include <QElapsedTimer>
#include <QFile>
#include <QFileInfo>
#include <QHash>
#include <QMutex>
#include <QSemaphore>
#include <QThreadPool>

#include <fcntl.h>

#include <memory>

namespace vmm {

namespace {

constexpr int kPatienceMs = 3000; // a disk that sleeps needs a moment
constexpr int kFreshMs = 1000; ///< who has just answered is not asked again
constexpr int kMostHanging = 256;

/// Somebody who looks at a folder, or is stuck there.
struct Look {
    QSemaphore answers;
    QElapsedTimer answered; ///< read once it has
};

/// Never destroyed: it would wait for those who are stuck.
QThreadPool& lookers()
{
    static auto* pool = [] {
        auto* made = new QThreadPool;
        made->setMaxThreadCount(kMostHanging);
        return made;
    }();
    return *pool;
}

std::shared_ptr<Look> lookAt(const QString& path)
{
    auto look = std::make_shared<Look>();
    lookers().start([look, name = QFile::encodeName(path)] {
        // Attributes may be remembered; who opens asks anew.
        const FileDescriptor file(::open(name, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
        look->answered.start();
        look->answers.release();
    });
    return look;
}

bool hasAnswered(Look& look, int patienceMs)
{
    if (!look.answers.tryAcquire(1, patienceMs))
        return false;
    look.answers.release(); // for whoever asks next
    return true;
}

} // namespace

bool isWedged(const QString& path)
{
    static QMutex lock;
    static QHash<QString, std::shared_ptr<Look>> known;
    const QString folder = QFileInfo(path).path();
    std::shared_ptr<Look> look;
    {
        const QMutexLocker locker(&lock);
        look = known.value(folder);
    }
    if (look && !hasAnswered(*look, 0))
        return true;
    if (look && look->answered.elapsed() < kFreshMs)
        return false;
    look = lookAt(path);
    {
        const QMutexLocker locker(&lock);
        known.insert(folder, look);
    }
    return !hasAnswered(*look, kPatienceMs);
}

} // namespace vmm

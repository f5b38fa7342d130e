// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/ScreenRecording.h"

#include "vmm/base/Background.h"

#include <QFile>

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <memory>

namespace console {

namespace {

/// A descriptor that is closed by its last owner; crosses threads.
class SharedFile {
public:
    explicit SharedFile(int descriptor)
        : m_descriptor(descriptor)
    {
    }
    ~SharedFile() { ::close(m_descriptor); }
    Q_DISABLE_COPY_MOVE(SharedFile)

    int get() const { return m_descriptor; }

private:
    int m_descriptor;
};
using SharedFilePtr = std::shared_ptr<SharedFile>;

vmm::Result<SharedFilePtr> openNew(const QString& path)
{
    const int descriptor
        = ::open(QFile::encodeName(path).constData(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (descriptor < 0)
        return vmm::Error { .kind = vmm::ErrorKind::Io,
            .subject = path,
            .detail = QString::fromLocal8Bit(std::strerror(errno)) };
    return std::make_shared<SharedFile>(descriptor);
}

} // namespace

int ScreenRecording::keptSeconds() const
{
    if (!m_keepsPast || !m_isConnected)
        return 0;
    return int(std::min<qint64>(m_keptSince.elapsed() / 1000, kKeptSeconds));
}

/// A disk may take its time, and a network's disk may take for ever.
void ScreenRecording::openThen(const QString& path, RecordCommand command)
{
    vmm::async::onFinished(vmm::inBackground<SharedFilePtr>([path] { return openNew(path); }), this,
        [this, path, command](const vmm::Result<SharedFilePtr>& file) {
            const bool isPast = command == RecordCommand::SavePast;
            if (!file || !m_isConnected) {
                if (isPast)
                    m_pastPath.clear();
                else
                    m_isRecording = false;
                if (file)
                    Q_EMIT failed(path, FilmEnd::NotConnected, {});
                else
                    Q_EMIT failed(path, FilmEnd::Failed, file.error().detail);
                Q_EMIT changed();
                return;
            }
            Q_EMIT commanded(command, (*file)->get());
            if (!isPast && m_isStopping) // meanwhile
                Q_EMIT commanded(RecordCommand::Stop, -1);
        });
}

void ScreenRecording::start(const QString& path)
{
    if (m_isRecording)
        return;
    m_path = path;
    m_isRecording = true;
    m_isStopping = false;
    m_since.start();
    openThen(path, RecordCommand::Start);
    Q_EMIT changed();
}

void ScreenRecording::stop()
{
    if (!m_isRecording || m_isStopping)
        return;
    m_isStopping = true;
    Q_EMIT commanded(RecordCommand::Stop, -1);
}

void ScreenRecording::setKeepsPast(bool keeps)
{
    if (m_keepsPast == keeps)
        return;
    m_keepsPast = keeps;
    m_keptSince.start();
    Q_EMIT commanded(keeps ? RecordCommand::KeepPast : RecordCommand::ForgetPast, -1);
    Q_EMIT changed();
}

void ScreenRecording::savePast(const QString& path)
{
    if (!m_pastPath.isEmpty())
        return;
    m_pastPath = path;
    openThen(path, RecordCommand::SavePast);
}

void ScreenRecording::connectionBegan()
{
    m_isConnected = true;
    m_keptSince.start();
    if (m_keepsPast)
        Q_EMIT commanded(RecordCommand::KeepPast, -1);
}

/// The console's process closes the files on its way out; how that went is told by take().
void ScreenRecording::connectionEnded()
{
    m_isConnected = false;
}

void ScreenRecording::screenSized(QSize size)
{
    m_screenSize = size;
    followSize();
}

/// A film keeps its size, and what is kept along with it, too; else that begins anew.
void ScreenRecording::followSize()
{
    if (m_isRecording || m_keptSize == m_screenSize)
        return;
    m_keptSize = m_screenSize;
    m_keptSince.start();
}

void ScreenRecording::take(const RecordedFilm& film)
{
    const QString path = film.isPast ? std::exchange(m_pastPath, {}) : m_path;
    if (film.isPast ? path.isEmpty() : !std::exchange(m_isRecording, false))
        return;
    if (film.end == FilmEnd::Whole)
        Q_EMIT saved(path);
    else
        Q_EMIT failed(path, film.end, film.detail);
    followSize();
    Q_EMIT changed();
}

} // namespace console

// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <QObject>
#include <QSize>
#include <QString>

namespace console {

enum class RecordCommand { Start, Stop, KeepPast, ForgetPast, SavePast };

/// How a film ended.
enum class FilmEnd {
    Whole,
    NoSpace,
    TooSlow, ///< the disk is
    NoPicture, ///< by then
    Failed, ///< the last that a helper tells
    HelperEnded,
    NotConnected
};
struct RecordedFilm {
    bool isPast = false; ///< it is of the last minute
    FilmEnd end = FilmEnd::Whole;
    QString detail {}; ///< raw text, of one that failed or whose helper ended
};

/// Films a guest's first screen into WebM files. Part of a ConsoleSession; filmed by the console's
/// own process, so this one has nothing to do for it. A film ends with its connection, and `saved`
/// tells then, too, when its file is whole; the wish to keep the past outlives it. GUI thread.
class ScreenRecording : public QObject {
    Q_OBJECT

public:
    static constexpr int kKeptSeconds = 60;

    using QObject::QObject;

    bool isRecording() const { return m_isRecording; }
    qint64 elapsedMs() const { return m_isRecording ? m_since.elapsed() : 0; }
    const QString& path() const { return m_path; } ///< of the film under way, or the last one
    bool keepsPast() const { return m_keepsPast; }
    /// How much of the past can be saved by now, at most kKeptSeconds.
    int keptSeconds() const;

    /// Into a new file; what was there is lost. Done when `changed` says so, or `failed`.
    void start(const QString& path);
    void stop(); ///< `saved` tells when the file is whole
    void setKeepsPast(bool keeps);
    void savePast(const QString& path);

    // For the session.
    void connectionBegan();
    void connectionEnded();
    void screenSized(QSize size);
    void take(const RecordedFilm& film);

Q_SIGNALS:
    void changed(); ///< isRecording, keepsPast
    void saved(const QString& path);
    void failed(const QString& path, console::FilmEnd how, const QString& detail);
    /// For the transport, which takes its own copy of the file's descriptor; -1: none.
    void commanded(console::RecordCommand command, int file);

private:
    void followSize();
    void openThen(const QString& path, RecordCommand command);

    QString m_path;
    QString m_pastPath;
    QElapsedTimer m_since;
    QElapsedTimer m_keptSince;
    QSize m_screenSize;
    QSize m_keptSize; ///< what is kept is of screens of one size
    bool m_isConnected = false;
    bool m_isRecording = false;
    bool m_isStopping = false;
    bool m_keepsPast = false;
};

} // namespace console

Q_DECLARE_METATYPE(console::FilmEnd)

// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProcess>
#include <QTemporaryDir>
#include <QVector>

namespace tests {

/// PulseAudio with a loudspeaker that nobody hears and a microphone that hums at 400 Hz; what is
/// started while it lives finds it.
class SoundServer {
public:
    SoundServer() = default;
    ~SoundServer();
    Q_DISABLE_COPY_MOVE(SoundServer)

    bool start(); ///< false if there is no PulseAudio here

private:
    QString socket() const;

    QTemporaryDir m_folder;
    QProcess m_process;
};

/// What comes out of its loudspeaker.
class Listener {
public:
    Listener();
    ~Listener();
    Q_DISABLE_COPY_MOVE(Listener)

    int peak(); ///< of 32,767, in the last quarter of a second
    double frequency(); ///< in hertz, by the changes of sign; 0 before there is that much

private:
    QVector<qint16> latest();

    QProcess m_process;
    QByteArray m_heard;
};

} // namespace tests

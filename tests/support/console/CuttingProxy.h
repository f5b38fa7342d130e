// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLocalServer>

#include <random>

class QLocalSocket;

namespace tests {

/// How often a test of cuts tries: VIRTDECK_CUTS, else 40. VIRTDECK_SEED repeats a run.
struct CutPlan {
    explicit CutPlan(quint32 usualSeed);

    int count = 40;
    quint32 seed = 0;
};

/// Passes a server's bytes on until so many have gone to the client; then it cuts, or spoils what
/// follows. The other way all goes through.
class CuttingProxy : public QObject {
    Q_OBJECT

public:
    CuttingProxy(const QString& listenAt, const QString& server);

    bool isListening() const { return m_listening; }
    void setTarget(const QString& server) { m_target = server; }
    void arm(qint64 bytes, bool spoils, quint32 seed);
    bool hasStruck() const { return m_left < 0; }

private:
    void accept();
    void pass(QLocalSocket* client, QLocalSocket* server);

    QString m_target;
    QLocalServer m_server;
    bool m_listening = false;
    qint64 m_left = 0;
    bool m_spoils = false;
    std::mt19937 m_random;
};

} // namespace tests

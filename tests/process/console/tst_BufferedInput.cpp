// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/helper/BufferedInput.h"
#include "console/helper/GlibHandles.h"

#include <QTest>

#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

using console::helper::BufferedInput;
using console::helper::GObjectPtr;

/// What GLib's connections read through, with and without a buffer.
class tst_BufferedInput : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { BufferedInput::install(); }

    void init()
    {
        int ends[2] = {};
        QCOMPARE(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends), 0);
        m_far = ends[1];
        m_socket.reset(g_socket_new_from_fd(ends[0], nullptr));
        QVERIFY(m_socket);
        g_socket_set_blocking(m_socket.get(), FALSE);
        m_connection.reset(g_socket_connection_factory_create_connection(m_socket.get()));
    }

    void cleanup()
    {
        m_connection.reset();
        m_socket.reset();
        if (m_far >= 0)
            ::close(m_far);
    }

    void unlessTold_takesWhatIsAskedForAlone()
    {
        write("abcdef");
        QCOMPARE(read(2), QByteArray("ab"));
        QCOMPARE(inKernel(), 4);
    }

    void readAhead_takesAllAtOnce()
    {
        stream();
        BufferedInput::readAhead(m_socket.get());
        write("abc");
        write("def");
        QCOMPARE(read(2), QByteArray("ab"));
        QCOMPARE(inKernel(), 0);
        QVERIFY(isReadable()); // although the socket has nothing any more
        QCOMPARE(read(3), QByteArray("cde"));
        QCOMPARE(read(5), QByteArray("f"));
        QVERIFY(!isReadable());
        QCOMPARE(read(1), QByteArray("would block"));
        write("g");
        QVERIFY(isReadable());
        QCOMPARE(read(1), QByteArray("g"));
    }

    void largeReads_arriveInOrder()
    {
        stream();
        BufferedInput::readAhead(m_socket.get());
        QByteArray sent;
        QByteArray got;
        for (int i = 0; i < 200; ++i) {
            const QByteArray part(997 * (i % 9 + 1), char('a' + i % 26));
            sent += part;
            write(part);
            got += read(i % 3 == 0 ? 100'000 : 700);
        }
        for (QByteArray part = read(50'000); part != "would block"; part = read(50'000))
            got += part;
        QCOMPARE(got, sent);
    }

    void largeReadThatWaits_isNotReadAheadOf()
    {
        stream();
        BufferedInput::readAhead(m_socket.get());
        QCOMPARE(read(100'000), QByteArray("would block"));
        write("abc");
        QVERIFY(isReadable());
        QCOMPARE(inKernel(), 3); // it goes where it is wanted, not through the buffer
        QCOMPARE(read(100'000), QByteArray("abc"));
        QCOMPARE(read(1), QByteArray("would block"));
        write("de");
        QVERIFY(isReadable());
        QCOMPARE(inKernel(), 0);
        QCOMPARE(read(2), QByteArray("de"));
    }

    void end_comesAfterWhatWasRead()
    {
        stream();
        BufferedInput::readAhead(m_socket.get());
        write("abc");
        ::close(std::exchange(m_far, -1));
        QVERIFY(isReadable());
        QCOMPARE(read(2), QByteArray("ab"));
        QCOMPARE(read(2), QByteArray("c"));
        QVERIFY(isReadable()); // the end is something to read, too
        QCOMPARE(read(2), QByteArray());
    }

    void socketThatOutlivesItsConnection_isLetGo()
    {
        stream();
        BufferedInput::readAhead(m_socket.get());
        m_connection.reset();
        m_socket.reset(); // what GLib would say against it ends the test
    }

private:
    GPollableInputStream* stream() const
    {
        return G_POLLABLE_INPUT_STREAM(
            g_io_stream_get_input_stream(G_IO_STREAM(m_connection.get())));
    }
    bool isReadable() const { return g_pollable_input_stream_is_readable(stream()); }

    /// What was there, of `most` bytes; nothing at the end.
    QByteArray read(int most) const
    {
        QByteArray bytes(most, '\0');
        GError* error = nullptr;
        const gssize count = g_pollable_input_stream_read_nonblocking(
            stream(), bytes.data(), gsize(most), nullptr, &error);
        const console::helper::GErrorPtr owned(error);
        if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
            return "would block";
        bytes.truncate(int(count));
        return error ? QByteArray(error->message) : bytes;
    }

    void write(const QByteArray& bytes) const
    {
        QCOMPARE(::write(m_far, bytes.constData(), size_t(bytes.size())), ssize_t(bytes.size()));
    }

    int inKernel() const
    {
        int bytes = -1;
        ::ioctl(g_socket_get_fd(m_socket.get()), FIONREAD, &bytes);
        return bytes;
    }

    GObjectPtr<GSocket> m_socket;
    GObjectPtr<GSocketConnection> m_connection;
    int m_far = -1;
};

int main(int argc, char** argv)
{
    g_log_set_always_fatal(GLogLevelFlags(G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_WARNING));
    tst_BufferedInput test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_BufferedInput.moc"

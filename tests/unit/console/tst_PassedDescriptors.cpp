// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/helper/PassedDescriptors.h"

#include <QTest>

#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

using console::helper::dropDescriptors;
using console::helper::readKeepingDescriptors;

namespace {

/// As libspice-server does: a byte of its own brings it.
void pass(int socket, int descriptor)
{
    char byte = 'd';
    iovec place { .iov_base = &byte, .iov_len = 1 };
    alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(int))> control {};
    msghdr message {};
    message.msg_iov = &place;
    message.msg_iovlen = 1;
    message.msg_control = control.data();
    message.msg_controllen = control.size();
    cmsghdr* const part = CMSG_FIRSTHDR(&message);
    part->cmsg_level = SOL_SOCKET;
    part->cmsg_type = SCM_RIGHTS;
    part->cmsg_len = CMSG_LEN(sizeof(int));
    std::memcpy(CMSG_DATA(part), &descriptor, sizeof descriptor);
    QCOMPARE(::sendmsg(socket, &message, 0), ssize_t(1));
}

/// As spice-client-glib asks for one; -1: there is none.
int fetch(int socket)
{
    char byte = 0;
    iovec place { .iov_base = &byte, .iov_len = 1 };
    alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(int))> control {};
    msghdr message {};
    message.msg_iov = &place;
    message.msg_iovlen = 1;
    message.msg_control = control.data();
    message.msg_controllen = control.size();
    if (::recvmsg(socket, &message, MSG_DONTWAIT) != 1 || byte != 'd')
        return -1;
    int descriptor = -1;
    if (const cmsghdr* part = CMSG_FIRSTHDR(&message))
        std::memcpy(&descriptor, CMSG_DATA(part), sizeof descriptor);
    return descriptor;
}

ino_t fileOf(int descriptor)
{
    struct stat status { };
    ::fstat(descriptor, &status);
    return status.st_ino;
}

} // namespace

class tst_PassedDescriptors : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        QCOMPARE(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, m_ends.data()), 0);
        QCOMPARE(::pipe(m_pipe.data()), 0);
    }
    void cleanup()
    {
        dropDescriptors(m_ends[0]);
        for (const int each : { m_ends[0], m_ends[1], m_pipe[0], m_pipe[1] })
            ::close(each);
    }

    void readingAhead_keepsTheDescriptorForWhoAsks()
    {
        QCOMPARE(::send(m_ends[1], "before", 6, 0), ssize_t(6));
        pass(m_ends[1], m_pipe[0]);
        QCOMPARE(::send(m_ends[1], "after", 5, 0), ssize_t(5));
        std::array<char, 64> read {};
        QCOMPARE(readKeepingDescriptors(m_ends[0], read.data(), read.size()), ssize_t(6));
        QCOMPARE(QByteArray(read.data(), 6), QByteArray("before"));
        const int descriptor = fetch(m_ends[0]);
        QVERIFY(descriptor >= 0);
        QCOMPARE(fileOf(descriptor), fileOf(m_pipe[0]));
        ::close(descriptor);
        QCOMPARE(readKeepingDescriptors(m_ends[0], read.data(), read.size()), ssize_t(5));
        QCOMPARE(QByteArray(read.data(), 5), QByteArray("after"));
    }

    void descriptorAlone_isNoEndOfTheStream()
    {
        pass(m_ends[1], m_pipe[0]);
        char byte = 0;
        QCOMPARE(readKeepingDescriptors(m_ends[0], &byte, 1), ssize_t(-1));
        QCOMPARE(errno, EAGAIN);
        const int descriptor = fetch(m_ends[0]);
        QVERIFY(descriptor >= 0);
        ::close(descriptor);
    }

    void closedSocket_leavesNothingToTheNextOfItsNumber()
    {
        pass(m_ends[1], m_pipe[0]);
        std::array<char, 64> read {};
        (void)readKeepingDescriptors(m_ends[0], read.data(), read.size());
        dropDescriptors(m_ends[0]);
        QCOMPARE(fetch(m_ends[0]), -1);
    }

private:
    std::array<int, 2> m_ends {};
    std::array<int, 2> m_pipe {};
};

QTEST_APPLESS_MAIN(tst_PassedDescriptors)
#include "tst_PassedDescriptors.moc"

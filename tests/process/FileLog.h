// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Takes the place of the C library's calls that change files, in the test program that includes it,
// and notes what they do below one folder; from these notes the folder can be made as a death or a
// power cut would have left it at any moment. To be included by one source of a program.
#pragma once

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QMap>
#include <QMutex>
#include <QVector>

#include <dlfcn.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdarg>
#include <cstdio>
#include <optional>

namespace tests {

struct FileOperation {
    enum class Kind { Write, Sync, Rename, MakeFolder, Remove };
    Kind kind = Kind::Write;
    QString path {};
    QString target {}; ///< of a rename
    QByteArray content {}; ///< of the whole file
};

/// A folder's files, and how much of them has reached the disk.
class FileTree {
public:
    static FileTree of(const QString& folder)
    {
        FileTree tree;
        QDirIterator all(folder, QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot,
            QDirIterator::Subdirectories);
        while (all.hasNext()) {
            const QString path = all.next();
            const QFileInfo info(path);
            QFile file(path);
            Node node { .isFolder = info.isDir() };
            if (info.isFile() && file.open(QIODevice::ReadOnly))
                node.durable = node.now = file.readAll();
            if (info.isDir() || info.isFile())
                tree.m_nodes.insert(path, node);
        }
        return tree;
    }

    void apply(const FileOperation& operation)
    {
        using Kind = FileOperation::Kind;
        Node& node = m_nodes[operation.path]; // a file that another program made is new here
        switch (operation.kind) {
        case Kind::Write:
            node.now = operation.content;
            break;
        case Kind::Sync:
            node.now = operation.content;
            node.durable = operation.content;
            break;
        case Kind::MakeFolder:
            node.isFolder = true;
            break;
        case Kind::Remove:
            m_nodes.remove(operation.path);
            break;
        case Kind::Rename:
            if (!node.isFolder && node.now.isEmpty())
                node.now = operation.content;
            move(operation.path, operation.target);
            break;
        }
    }

    enum class Content { AsWritten, AsSynced };

    /// Makes the folder anew.
    void writeTo(const QString& folder, Content content) const
    {
        const QDir whole(folder);
        for (const QString& entry :
            whole.entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot)) {
            const QString path = whole.filePath(entry);
            QFileInfo(path).isDir() ? QDir(path).removeRecursively() : QFile::remove(path);
        }
        for (auto node = m_nodes.begin(); node != m_nodes.end(); ++node) {
            if (node->isFolder) {
                QDir().mkpath(node.key());
                continue;
            }
            QFile file(node.key());
            if (file.open(QIODevice::WriteOnly))
                file.write(content == Content::AsWritten ? node->now
                                                         : node->durable.value_or(QByteArray()));
        }
    }

private:
    struct Node {
        bool isFolder = false;
        QByteArray now {};
        std::optional<QByteArray> durable {};
    };

    void move(const QString& from, const QString& to)
    {
        const QString below = from + QLatin1Char('/');
        const QMap<QString, Node> before = m_nodes;
        for (auto node = before.begin(); node != before.end(); ++node) {
            if (node.key() != from && !node.key().startsWith(below))
                continue;
            m_nodes.remove(node.key());
            m_nodes.insert(to + node.key().mid(from.size()), *node);
        }
    }

    QMap<QString, Node> m_nodes; ///< by path, so that folders come before what is in them
};

/// What is done below a folder, from start() to stop(), by any thread.
class FileLog {
public:
    static FileLog& instance()
    {
        static FileLog log;
        return log;
    }

    /// `external`: files that other programs change, which sync what they do.
    void start(const QString& folder, const QStringList& external)
    {
        const QMutexLocker lock(&m_mutex);
        m_operations.clear();
        m_external.clear();
        m_folder = folder + QLatin1Char('/');
        for (const QString& path : external)
            m_external.insert(path, QFileInfo(path).lastModified());
    }

    QVector<FileOperation> stop()
    {
        noteExternal();
        const QMutexLocker lock(&m_mutex);
        m_folder.clear();
        return std::exchange(m_operations, {});
    }

    void note(FileOperation::Kind kind, const QString& path, const QString& target = {})
    {
        if (m_folder.isEmpty() || m_isNoting || !path.startsWith(m_folder))
            return;
        m_isNoting = true;
        noteExternal();
        const QString here = target.isEmpty() ? path : target;
        const bool isFile = kind != FileOperation::Kind::Remove && QFileInfo(here).isFile();
        const QByteArray content = isFile ? contentOf(here) : QByteArray();
        const QMutexLocker lock(&m_mutex);
        m_operations.append({ kind, path, target, content });
        m_isNoting = false;
    }

    void noteDescriptor(FileOperation::Kind kind, int descriptor)
    {
        if (m_folder.isEmpty() || m_isNoting)
            return;
        m_isNoting = true;
        const QString path
            = QFile::symLinkTarget(QStringLiteral("/proc/self/fd/%1").arg(descriptor));
        m_isNoting = false;
        if (!QFileInfo(path).isDir()) // names are in order anyway
            note(kind, path);
    }

private:
    static QByteArray contentOf(const QString& path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    void noteExternal()
    {
        for (auto file = m_external.begin(); file != m_external.end(); ++file) {
            const QDateTime changed = QFileInfo(file.key()).lastModified();
            if (std::exchange(*file, changed) == changed)
                continue;
            const QMutexLocker lock(&m_mutex);
            m_operations.append(
                { FileOperation::Kind::Sync, file.key(), {}, contentOf(file.key()) });
        }
    }

    static inline thread_local bool m_isNoting = false;
    QMutex m_mutex;
    QString m_folder;
    QMap<QString, QDateTime> m_external;
    QVector<FileOperation> m_operations;
};

template <typename F> F* realCall(const char* name)
{
    return reinterpret_cast<F*>(::dlsym(RTLD_NEXT, name));
}

inline void noteOpened(int descriptor, const char* path, int flags)
{
    if (descriptor >= 0 && (flags & (O_CREAT | O_TRUNC)) != 0 && (flags & O_ACCMODE) != O_RDONLY)
        FileLog::instance().note(FileOperation::Kind::Write, QFile::decodeName(path));
}

} // namespace tests

extern "C" {

#define OPEN_AND_NOTE(NAME)                                                                        \
    int NAME(const char* path, int flags, ...)                                                     \
    {                                                                                              \
        va_list rest;                                                                              \
        va_start(rest, flags);                                                                     \
        const mode_t mode = (flags & O_CREAT) != 0 ? va_arg(rest, mode_t) : 0;                     \
        va_end(rest);                                                                              \
        static auto* real = tests::realCall<int(const char*, int, mode_t)>(#NAME);                 \
        const int descriptor = real(path, flags, mode);                                            \
        tests::noteOpened(descriptor, path, flags);                                                \
        return descriptor;                                                                         \
    }
OPEN_AND_NOTE(open)
OPEN_AND_NOTE(open64)

ssize_t write(int descriptor, const void* data, size_t size)
{
    static auto* real = tests::realCall<ssize_t(int, const void*, size_t)>("write");
    const ssize_t count = real(descriptor, data, size);
    if (count > 0)
        tests::FileLog::instance().noteDescriptor(tests::FileOperation::Kind::Write, descriptor);
    return count;
}

int fsync(int descriptor)
{
    static auto* real = tests::realCall<int(int)>("fsync");
    const int result = real(descriptor);
    if (result == 0)
        tests::FileLog::instance().noteDescriptor(tests::FileOperation::Kind::Sync, descriptor);
    return result;
}

int rename(const char* from, const char* to) noexcept
{
    static auto* real = tests::realCall<int(const char*, const char*)>("rename");
    const int result = real(from, to);
    if (result == 0)
        tests::FileLog::instance().note(
            tests::FileOperation::Kind::Rename, QFile::decodeName(from), QFile::decodeName(to));
    return result;
}

int renameat2(
    int fromFolder, const char* from, int toFolder, const char* to, unsigned int flags) noexcept
{
    static auto* real
        = tests::realCall<int(int, const char*, int, const char*, unsigned int)>("renameat2");
    const int result = real(fromFolder, from, toFolder, to, flags);
    if (result == 0)
        tests::FileLog::instance().note(
            tests::FileOperation::Kind::Rename, QFile::decodeName(from), QFile::decodeName(to));
    return result;
}

int mkdir(const char* path, mode_t mode) noexcept
{
    static auto* real = tests::realCall<int(const char*, mode_t)>("mkdir");
    const int result = real(path, mode);
    if (result == 0)
        tests::FileLog::instance().note(
            tests::FileOperation::Kind::MakeFolder, QFile::decodeName(path));
    return result;
}

#define REMOVE_AND_NOTE(NAME)                                                                      \
    int NAME(const char* path) noexcept                                                            \
    {                                                                                              \
        static auto* real = tests::realCall<int(const char*)>(#NAME);                              \
        const int result = real(path);                                                             \
        if (result == 0)                                                                           \
            tests::FileLog::instance().note(                                                       \
                tests::FileOperation::Kind::Remove, QFile::decodeName(path));                      \
        return result;                                                                             \
    }
REMOVE_AND_NOTE(unlink)
REMOVE_AND_NOTE(rmdir)

int unlinkat(int folder, const char* name, int flags) noexcept
{
    static auto* real = tests::realCall<int(int, const char*, int)>("unlinkat");
    const QString inside = folder == AT_FDCWD
        ? QString()
        : QFile::symLinkTarget(QStringLiteral("/proc/self/fd/%1").arg(folder)) + QLatin1Char('/');
    const int result = real(folder, name, flags);
    if (result == 0)
        tests::FileLog::instance().note(
            tests::FileOperation::Kind::Remove, inside + QFile::decodeName(name));
    return result;
}

} // extern "C"

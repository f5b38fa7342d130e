// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A QEMU that misbehaves, for tests of whoever starts one. It takes its QMP socket as descriptor 3,
// like the real one is given it, ignores its arguments (but -incoming), and behaves as the name
// says under which it is called: fake-qemu-split, fake-qemu-die-at-start, fake-qemu-die-at-COMMAND,
// ... (a symbolic link). No Qt: it must start at once, and what it finds in its environment is what
// is tested.
#include <dirent.h>
#include <poll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iterator>
#include <set>
#include <string>

extern char** environ;

namespace {

constexpr int kListener = 3;
constexpr int kSlowStopMs = 6000; // longer than an ordinary command may take

int connections = 0;
std::string mode; // what follows "fake-qemu-" in our name
std::string folder; // where that name lies
std::set<std::string> nodes; // block nodes, with their quotes
std::string keptDevice; // one that was to go

bool is(const char* name)
{
    return mode == name;
}

void say(int client, const std::string& text)
{
    const size_t piece = is("split") ? 1 : text.size();
    for (size_t at = 0; at < text.size(); at += piece) {
        if (::write(client, text.data() + at, std::min(piece, text.size() - at)) < 0)
            return;
    }
}

void report()
{
    for (char** entry = environ; *entry; ++entry)
        std::fprintf(stderr, "env %s\n", *entry);
    if (DIR* descriptors = ::opendir("/proc/self/fd")) {
        while (const dirent* entry = ::readdir(descriptors)) {
            const int fd = std::atoi(entry->d_name);
            if (entry->d_name[0] != '.' && fd != ::dirfd(descriptors))
                std::fprintf(stderr, "fd %d\n", fd);
        }
        ::closedir(descriptors);
    }
    std::fprintf(stderr, "leads its session: %d\n", ::getsid(0) == ::getpid());
}

/// What a real one says when it can't go on.
void dieAtStart()
{
    if (is("die-at-start")) {
        std::fprintf(stderr, "fake-qemu: something is not right\n");
        std::exit(1);
    }
    if (is("locked")) {
        std::fprintf(stderr,
            "fake-qemu: Failed to get \"write\" lock\n"
            "Is another process using the image [/images/a.qcow2]?\n");
        std::exit(1);
    }
    if (is("crash-at-start"))
        std::abort();
}

std::string field(const std::string& line, const std::string& name)
{
    const std::string key = '"' + name + "\":";
    const size_t at = line.find(key);
    if (at == std::string::npos)
        return {};
    const size_t begin = at + key.size();
    const size_t end = line.find_first_of(",}", begin);
    return line.substr(begin, end - begin);
}

/// The text of a command after a prefix of our mode: "die-at-migrate" -> is it "migrate"?
bool isAt(const char* prefix, const std::string& command)
{
    return '"' + mode + '"' == '"' + std::string(prefix) + command.substr(1);
}

/// What a machine is to QEMU, as far as this one goes.
struct Guest {
    std::string status = "running";
    std::string migration = "none";
    int fd = -1; ///< of getfd

    bool isRunning() const { return status == "running"; }
};

Guest guest;

void event(int client, const std::string& name, const std::string& data = {})
{
    say(client,
        "{\"event\": \"" + name + "\"" + (data.empty() ? "" : ", \"data\": " + data) + "}\r\n");
}

void migrate()
{
    const std::string memory(100'000, 'm');
    const bool isWritten
        = ::write(guest.fd, memory.data(), memory.size()) == static_cast<ssize_t>(memory.size());
    ::close(guest.fd);
    guest.migration = is("slow-migration") ? "active" : isWritten ? "completed" : "failed";
    if (guest.migration == "completed")
        guest.status = "postmigrate";
}

void receive()
{
    char byte = 0;
    const bool isRead = ::read(guest.fd, &byte, 1) == 1;
    ::close(guest.fd);
    if (!isRead) {
        std::fprintf(stderr, "fake-qemu: load of migration failed: Input/output error\n");
        std::exit(1);
    }
    guest.migration = is("slow-migration") ? "active" : "completed";
    if (guest.migration == "completed")
        guest.status = "paused";
}

/// False if the command is none of these.
bool answerLifeCycle(int client, const std::string& command, const std::string& id)
{
    const auto reply = [&](const std::string& value) {
        say(client, "{\"return\": " + value + ", \"id\": " + id + "}\r\n");
    };
    if (command == "\"cont\"") {
        if (!guest.isRunning())
            event(client, "RESUME");
        guest.status = "running";
    } else if (command == "\"migrate\"") {
        migrate();
    } else if (command == "\"migrate-incoming\"") {
        receive();
    } else if (command == "\"migrate_cancel\"") {
        if (guest.migration == "active")
            guest.migration = "cancelled";
    } else if (command == "\"query-migrate\"") {
        reply("{\"status\": \"" + guest.migration
            + "\", \"ram\": {\"total\": 100, \"remaining\": 50}}");
        return true;
    } else if (command == "\"system_reset\"") {
        event(client, "RESET", "{\"guest\": false, \"reason\": \"host-qmp-system-reset\"}");
    } else if (command == "\"system_powerdown\"") {
        event(client, "POWERDOWN");
        if (is("obedient")) {
            event(client, "SHUTDOWN", "{\"guest\": true, \"reason\": \"guest-shutdown\"}");
            reply("{}");
            std::exit(0);
        }
    } else {
        return false;
    }
    reply("{}");
    return true;
}

/// The value of the last field of that name: of the outermost object, as keys are sorted.
std::string lastField(const std::string& line, const std::string& name)
{
    const size_t at = line.rfind('"' + name + "\":");
    return at == std::string::npos ? std::string() : field(line.substr(at), name);
}

void sayDeleted(int client, const std::string& device)
{
    say(client, "{\"event\": \"DEVICE_DELETED\", \"data\": {\"device\": " + device + "}}\r\n");
}

/// The one block job that a machine has here.
struct Job {
    std::string id; ///< with its quotes; empty: none
    bool isCommit = false;
    int asked = 0; ///< how often query-jobs was
    std::string status = "running";
    std::string error;
};

Job job;

/// Modes: job-fails, job-vanishes (both after it has been seen once); job-completes-badly.
std::string jobs()
{
    if (++job.asked > 1 && job.status == "running") {
        if (is("job-fails")) {
            job.status = "concluded";
            job.error = "Input/output error";
        } else if (is("job-vanishes")) {
            job.id.clear();
        } else {
            job.status = job.isCommit ? "ready" : "concluded";
        }
    }
    if (job.id.empty())
        return "[]";
    return "[{\"id\": " + job.id + ", \"type\": \"commit\", \"status\": \"" + job.status
        + "\", \"current-progress\": 50, \"total-progress\": 100"
        + (job.error.empty() ? "" : ", \"error\": \"" + job.error + "\"") + "}]";
}

/// False if the command is none of these.
bool answerJob(
    int client, const std::string& command, const std::string& request, const std::string& id)
{
    std::string value = "{}";
    if (command == "\"block-commit\"" || command == "\"block-stream\"") {
        job = Job();
        job.id = field(request, "job-id");
        job.isCommit = command == "\"block-commit\"";
    } else if (command == "\"query-jobs\"") {
        value = jobs();
    } else if (command == "\"job-complete\"") {
        job.status = "concluded";
        if (is("job-completes-badly"))
            job.error = "Input/output error";
    } else if (command == "\"job-cancel\"") {
        job.status = "concluded";
        job.error = "Operation canceled";
    } else if (command == "\"job-dismiss\"") {
        job = Job();
    } else {
        return false;
    }
    std::fprintf(stderr, "asked %s\n", command.substr(1, command.size() - 2).c_str());
    say(client, "{\"return\": " + value + ", \"id\": " + id + "}\r\n");
    return true;
}

/// What a test wants a question to be answered with: the file answer-COMMAND beside our name.
std::string written(const std::string& command)
{
    std::ifstream file(folder + "answer-" + command);
    return { std::istreambuf_iterator<char>(file), {} };
}

/// What hot-plugging asks for: one free port, nodes that come and go, devices that go when told.
/// Modes: refuse-COMMAND, die-at-COMMAND, ignore-COMMAND; keep-device (the guest does not let go),
/// late-device (it does when query-balloon is asked). What was done is told on standard error.
std::string plug(int client, const std::string& command, const std::string& request)
{
    const std::string name = command.size() > 2 ? command.substr(1, command.size() - 2) : "";
    std::fprintf(stderr, "asked %s\n", name.c_str());
    const std::string node = lastField(request, "node-name");
    if (const std::string answer = written(name); !answer.empty())
        return answer;
    if (name == "query-pci")
        return "[{\"devices\": [{\"qdev_id\": \"port-5\", \"pci_bridge\": {}}]}]";
    if (name == "qom-list")
        return "[]";
    if (name == "query-named-block-nodes") {
        std::string list;
        for (const std::string& one : nodes)
            list += (list.empty() ? "" : ", ") + ("{\"node-name\": " + one + "}");
        return "[" + list + "]";
    }
    if (name == "blockdev-add")
        nodes.insert(node);
    if (name == "blockdev-del")
        nodes.erase(node);
    if (name == "device_del" && (is("keep-device") || is("late-device")))
        keptDevice = field(request.substr(request.find("\"arguments\"")), "id");
    else if (name == "device_del")
        sayDeleted(client, field(request.substr(request.find("\"arguments\"")), "id"));
    if (name == "query-balloon" && is("late-device"))
        sayDeleted(client, keptDevice);
    return "{}";
}

void answer(int client, const std::string& request)
{
    const std::string command = field(request, "execute");
    const std::string id = lastField(request, "id");
    const auto reply = [&](const std::string& value) {
        say(client, "{\"return\": " + value + ", \"id\": " + id + "}\r\n");
    };
    if (isAt("die-at-", command))
        std::exit(8);
    if (isAt("hang-at-", command))
        ::poll(nullptr, 0, -1);
    if (isAt("fail-at-", command) || isAt("refuse-", command)) {
        say(client,
            "{\"error\": {\"class\": \"GenericError\", \"desc\": \"not today\"}, \"id\": " + id
                + "}\r\n");
        return;
    }
    if (command == "\"qmp_capabilities\"") {
        if (is("die-at-negotiation"))
            std::exit(4);
        reply("{}");
        if (is("flood")) {
            for (int i = 0; i < 50'000; ++i)
                say(client, "{\"event\": \"RTC_CHANGE\", \"data\": {\"offset\": 1}}\r\n");
        }
        if (is("garbage") && connections == 1)
            say(client, "@@@ no QMP\r\n");
    } else if (command == "\"query-status\"") {
        if (is("die-when-asked"))
            std::exit(5);
        reply("{\"status\": \"" + guest.status
            + "\", \"running\": " + (guest.isRunning() ? "true" : "false") + "}");
    } else if (command == "\"stop\"") {
        if (is("die-later")) {
            std::fprintf(stderr, "fake-qemu: the end is near\n");
            std::exit(6);
        }
        if (is("refuse"))
            say(client,
                "{\"error\": {\"class\": \"GenericError\", \"desc\": \"no stop today\"}, \"id\": "
                    + id + "}\r\n");
        else
            event(client, "STOP");
        guest.status = "paused";
        if (is("slow-stop")) // its disks have much to write
            ::poll(nullptr, 0, kSlowStopMs);
        if (!is("refuse"))
            reply("{}");
    } else if (command == "\"quit\"") {
        if (is("ignore-quit"))
            return;
        say(client,
            "{\"event\": \"SHUTDOWN\", \"data\": {\"guest\": false, \"reason\": "
            "\"host-qmp-quit\"}}\r\n");
        reply("{}");
        std::exit(0);
    } else if (!answerLifeCycle(client, command, id) && !answerJob(client, command, request, id)) {
        const std::string value = plug(client, command, request);
        if (!isAt("ignore-", command))
            reply(value);
    }
}

/// Reads, and keeps a descriptor that comes along.
ssize_t receiveFrom(int client, char* buffer, size_t size)
{
    iovec bytes { buffer, size };
    alignas(cmsghdr) char control[CMSG_SPACE(sizeof(int))];
    msghdr header {};
    header.msg_iov = &bytes;
    header.msg_iovlen = 1;
    header.msg_control = control;
    header.msg_controllen = sizeof control;
    const ssize_t count = ::recvmsg(client, &header, 0);
    if (count <= 0)
        return count;
    if (const cmsghdr* rights = CMSG_FIRSTHDR(&header); rights && rights->cmsg_type == SCM_RIGHTS)
        std::memcpy(&guest.fd, CMSG_DATA(rights), sizeof guest.fd);
    return count;
}

/// One connection after the other, as QEMU does it.
void serve()
{
    const int client = ::accept(kListener, nullptr, nullptr);
    if (client < 0)
        std::exit(7);
    ++connections;
    if (is("die-before-greeting"))
        std::exit(3);
    say(client,
        "{\"QMP\": {\"version\": {\"qemu\": {\"micro\": 0, \"minor\": 2, \"major\": 7}, "
        "\"package\": \"fake\"}, \"capabilities\": []}}\r\n");
    std::string received;
    char buffer[4096];
    for (ssize_t count = 0; (count = receiveFrom(client, buffer, sizeof buffer)) > 0;) {
        received.append(buffer, static_cast<size_t>(count));
        for (size_t end = 0; (end = received.find('\n')) != std::string::npos;) {
            answer(client, received.substr(0, end));
            received.erase(0, end + 1);
        }
    }
    ::close(client);
}

} // namespace

int main(int argc, char* argv[])
{
    const std::string name = argv[0];
    const std::string prefix = "fake-qemu-";
    const size_t at = name.rfind(prefix);
    mode = at == std::string::npos ? "" : name.substr(at + prefix.size());
    folder = at == std::string::npos ? "" : name.substr(0, at);
    std::signal(SIGPIPE, SIG_IGN);
    for (int i = 1; i < argc; ++i) {
        if (std::strcmp(argv[i], "-incoming") == 0)
            guest.status = "inmigrate";
    }
    if (is("report"))
        report();
    dieAtStart();
    if (is("mute"))
        ::poll(nullptr, 0, -1); // alive, but it never accepts
    for (;;)
        serve();
}

// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// private-libvirtd FOLDER: a libvirtd (with its virtlogd) that has nothing to do with the one of
// the computer, for tests. Root, no systemd, no KVM needed. It listens on FOLDER/run/libvirt-sock.
//
// All of it lives in a mount namespace with its own /etc/libvirt, /run/libvirt, /var/lib/libvirt,
// /var/cache/libvirt, /var/log/libvirt and a /dev without kvm, and in a pid namespace whose first
// process is this program: when it ends, in whatever way, the kernel ends the daemons and all their
// QEMUs. As first process it also reaps orphans at once, on which libvirt's start and stop wait.
//
// Its network is one of its own, with nothing but a loopback device, if there is a
// FOLDER/own-network; or the one that "ip netns" knows by the name that stands in FOLDER/netns,
// with its host name.
//
// The computer's whole /dev is to be seen at FOLDER/devices, if that folder is there.
//
// FOLDER/network.conf, if it is there, is added to libvirtd.conf, and libvirtd listens on the
// network then; FOLDER/sasl is where it looks for SASL's configuration.
//
// Commands, a line each on standard input, answered by a line on standard output ("ready" once both
// daemons run, then "done"): "kill" ends libvirtd by SIGKILL (QEMUs live on), "start" starts it
// again unless it runs. The end of the input ends everything.
#include <fcntl.h>
#include <net/if.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <functional>
#include <initializer_list>
#include <string>
#include <vector>

namespace fs = std::filesystem;

namespace {

[[noreturn]] void die(const std::string& what)
{
    std::fprintf(stderr, "private-libvirtd: %s: %s\n", what.c_str(), std::strerror(errno));
    std::_Exit(1);
}

void check(int answer, const std::string& what)
{
    if (answer < 0)
        die(what);
}

void bindMount(const fs::path& from, const fs::path& to)
{
    fs::create_directories(from);
    fs::create_directories(to);
    check(mount(from.c_str(), to.c_str(), nullptr, MS_BIND | MS_REC, nullptr), to.string());
}

/// A /dev without kvm: with it libvirt would offer KVM wherever the node exists, working or not.
void makeDev(const fs::path& dev)
{
    fs::create_directories(dev);
    check(mount("tmpfs", dev.c_str(), "tmpfs", 0, "mode=755"), "tmpfs");
    const auto node = [&](const char* name, unsigned major, unsigned minor) {
        fs::create_directories((dev / name).parent_path());
        check(mknod((dev / name).c_str(), S_IFCHR | 0666, makedev(major, minor)), name);
        check(chmod((dev / name).c_str(), 0666), name); // the umask took some of it
    };
    node("null", 1, 3);
    node("zero", 1, 5);
    node("full", 1, 7);
    node("random", 1, 8);
    node("urandom", 1, 9);
    node("tty", 5, 0);
    node("net/tun", 10, 200);
    node("fuse", 10, 229); // LXC shows containers a /proc/meminfo of their own
    bindMount("/dev/pts", dev / "pts");
    bindMount("/dev/shm", dev / "shm");
    fs::create_symlink("pts/ptmx", dev / "ptmx");
    fs::create_symlink("/proc/self/fd", dev / "fd");
    check(mount(dev.c_str(), "/dev", nullptr, MS_BIND | MS_REC, nullptr), "/dev");
}

/// What a test wants of it on the network: FOLDER/network.conf, if it is there.
std::string networkConfiguration(const fs::path& folder)
{
    std::ifstream file(folder / "network.conf");
    const std::string text { std::istreambuf_iterator<char>(file), {} };
    return text.empty() ? "listen_tls = 0\n" : text;
}

std::string firstLine(const fs::path& path)
{
    std::ifstream file(path);
    std::string line;
    std::getline(file, line);
    return line;
}

void writeConfiguration(const fs::path& folder)
{
    fs::create_directories(folder / "etc/qemu/networks");
    // Ports of its own, below the ephemeral ones: of two libvirtds that share a range one takes
    // what the other has just found free.
    const size_t firstPort = 10000 + std::hash<std::string>()(folder.string()) % 1300 * 16;
    // Everything that needs a fuller system than a container is off; nothing of it is under test.
    std::ofstream(folder / "etc/qemu.conf")
        << "user = \"root\"\n"
           "group = \"root\"\n"
           "dynamic_ownership = 0\n"
           "remember_owner = 0\n"
           "security_driver = \"none\"\n"
           "cgroup_controllers = [ ]\n"
           "namespaces = [ ]\n"
           "migration_address = \"0.0.0.0\"\n"
           "spice_listen = \"127.0.0.1\"\n"
           "max_core = 0\n"
        << "remote_display_port_min = " << firstPort << "\n"
        << "remote_display_port_max = " << firstPort + 15 << "\n";
    // Of two on one computer each takes the other for itself otherwise.
    const std::string uuid = firstLine("/proc/sys/kernel/random/uuid");
    std::ofstream(folder / "etc/libvirtd.conf") << "host_uuid = \"" + uuid
            + "\"\n"
              "unix_sock_rw_perms = \"0700\"\n"
              "auth_unix_rw = \"none\"\n" << networkConfiguration(folder);
    std::ofstream(folder / "etc/virtlogd.conf") << "";
}

void raiseLoopback()
{
    const int socket = ::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    ifreq request {};
    std::strcpy(request.ifr_name, "lo");
    request.ifr_flags = IFF_UP | IFF_RUNNING;
    check(ioctl(socket, SIOCSIFFLAGS, &request), "lo");
    close(socket);
}

/// Before the other namespaces: what is under /sys is that of whoever mounts it.
void enterNetwork(const fs::path& folder)
{
    const std::string name = firstLine(folder / "netns");
    if (!name.empty()) {
        const int fd = open(("/run/netns/" + name).c_str(), O_RDONLY | O_CLOEXEC);
        check(fd, "/run/netns/" + name);
        check(setns(fd, CLONE_NEWNET), "setns");
        check(unshare(CLONE_NEWUTS), "unshare");
        check(sethostname(name.c_str(), name.size()), "sethostname");
        close(fd);
    } else if (fs::exists(folder / "own-network")) {
        check(unshare(CLONE_NEWNET), "unshare");
        raiseLoopback();
    } else {
        return;
    }
    check(mount("sysfs", "/sys", "sysfs", 0, nullptr), "/sys");
}

void enterNamespace(const fs::path& folder)
{
    check(mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr), "private mounts");
    check(mount("proc", "/proc", "proc", 0, nullptr), "/proc");
    enterNetwork(folder);
    writeConfiguration(folder);
    if (fs::exists(folder / "devices"))
        bindMount("/dev", folder / "devices");
    bindMount(folder / "etc", "/etc/libvirt");
    bindMount(folder / "run", "/run/libvirt");
    bindMount(folder / "lib", "/var/lib/libvirt");
    bindMount(folder / "cache", "/var/cache/libvirt");
    bindMount(folder / "log", "/var/log/libvirt");
    makeDev(folder / "dev");
    // Where both versions of cgroups are mounted, libvirt 9.0 can't show its containers the second.
    umount2("/sys/fs/cgroup/unified", MNT_DETACH);
}

pid_t startDaemon(const char* program, const fs::path& folder)
{
    const fs::path pidFile = folder / (std::string(program) + ".pid");
    const fs::path logFile = folder / (std::string(program) + ".log");
    const pid_t pid = fork();
    check(pid, "fork");
    if (pid > 0)
        return pid;
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, nullptr);
    setsid();
    const int log = open(logFile.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
    const int null = open("/dev/null", O_RDONLY);
    dup2(null, 0);
    dup2(log, 1);
    dup2(log, 2);
    setenv("PATH", "/usr/sbin:/usr/bin:/sbin:/bin", 1);
    setenv("HOME", "/root", 1);
    setenv("LC_ALL", "C.UTF-8", 1);
    unsetenv("NOTIFY_SOCKET");
    setenv("SASL_CONF_PATH", (folder / "sasl").c_str(), 1);
    const bool listens = program == std::string("libvirtd") && fs::exists(folder / "network.conf");
    execlp(program, program, "-p", pidFile.c_str(), listens ? "-l" : nullptr, nullptr);
    die(program);
}

void awaitSocket(const fs::path& socket, pid_t daemon)
{
    for (int i = 0; i < 400; ++i) {
        if (fs::exists(socket))
            return;
        if (waitpid(daemon, nullptr, WNOHANG) == daemon)
            die("the daemon of " + socket.string() + " ended; see its log");
        usleep(25'000);
    }
    errno = ETIMEDOUT;
    die(socket.string());
}

void say(const char* word)
{
    std::printf("%s\n", word);
    std::fflush(stdout);
}

class Supervisor {
public:
    explicit Supervisor(fs::path folder)
        : m_folder(std::move(folder))
    {
    }

    void run()
    {
        const int signals = blockChildSignal();
        const pid_t log = startDaemon("virtlogd", m_folder);
        awaitSocket(m_folder / "run/virtlogd-sock", log);
        startLibvirtd();
        say("ready");
        pollfd set[] = { { 0, POLLIN, 0 }, { signals, POLLIN, 0 } };
        while (true) {
            if (poll(set, 2, -1) < 0 && errno != EINTR)
                die("poll");
            if (set[1].revents & POLLIN) {
                signalfd_siginfo info {};
                [[maybe_unused]] const auto got = read(signals, &info, sizeof info);
                reap();
            }
            if ((set[0].revents & (POLLIN | POLLHUP)) && !readCommands())
                return;
        }
    }

private:
    static int blockChildSignal()
    {
        sigset_t set;
        sigemptyset(&set);
        sigaddset(&set, SIGCHLD);
        sigprocmask(SIG_BLOCK, &set, nullptr);
        return signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
    }

    void startLibvirtd()
    {
        fs::remove(m_folder / "run/libvirt-sock");
        m_libvirtd = startDaemon("libvirtd", m_folder);
        awaitSocket(m_folder / "run/libvirt-sock", m_libvirtd);
    }

    void killLibvirtd()
    {
        if (m_libvirtd <= 0)
            return;
        kill(m_libvirtd, SIGKILL);
        waitpid(m_libvirtd, nullptr, 0);
        m_libvirtd = -1;
    }

    void reap()
    {
        for (pid_t pid = 0; (pid = waitpid(-1, nullptr, WNOHANG)) > 0;) {
            if (pid == m_libvirtd)
                m_libvirtd = -1;
        }
    }

    bool readCommands()
    {
        char buffer[256];
        const auto count = read(0, buffer, sizeof buffer);
        if (count <= 0)
            return false;
        m_input.append(buffer, static_cast<size_t>(count));
        for (size_t end = 0; (end = m_input.find('\n')) != std::string::npos;) {
            obey(m_input.substr(0, end));
            m_input.erase(0, end + 1);
        }
        return true;
    }

    void obey(const std::string& command)
    {
        if (command == "kill")
            killLibvirtd();
        else if (command == "start" && m_libvirtd <= 0)
            startLibvirtd();
        else if (command == "stop" && m_libvirtd > 0)
            kill(m_libvirtd, SIGSTOP);
        else if (command == "continue" && m_libvirtd > 0)
            kill(m_libvirtd, SIGCONT);
        say("done");
    }

    fs::path m_folder;
    pid_t m_libvirtd = -1;
    std::string m_input;
};

} // namespace

int main(int argc, char** argv)
{
    if (argc != 2) {
        std::fprintf(stderr, "usage: private-libvirtd FOLDER\n");
        return 2;
    }
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    check(unshare(CLONE_NEWNS | CLONE_NEWPID), "unshare (needs root)");
    const pid_t first = fork();
    check(first, "fork");
    if (first == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        const fs::path folder = fs::absolute(argv[1]);
        enterNamespace(folder);
        Supervisor(folder).run();
        return 0; // and with the first process the whole namespace ends
    }
    int status = 0;
    waitpid(first, &status, 0);
    // The mounts are gone with the namespace; a test that removes the folder finds files alone.
    return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}

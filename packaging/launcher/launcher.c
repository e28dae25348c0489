/* Pelita.exe (a window) and pelita-cmd.exe (a terminal, compiled with -DTERMINAL): finds the version that is active and runs it.

   P\active.txt names a folder of P\versions; its runtime\python3*.dll is loaded into this process and runs `-m desktop_app`.
   While P\trial.txt exists the version has not proven itself: it then runs as a child that is watched, and if it crashes or hangs
   before its database is open, the version before takes its place (docs/updates.md tells the whole protocol). */

#define _WIN32_WINNT 0x0A00
#include <windows.h>
#include <shellapi.h>
#include <stdarg.h>
#include <stdio.h>
#include <wchar.h>

#define INCOMPLETE 9          /* exit code: this program folder lacks something */
#define LONGEST 32768         /* characters of a path, as Windows counts them */
#define LINE 256              /* bytes of a line in our small files */
#define LOOK_MS 100
#define TRIAL_SECONDS 180     /* when trial.txt says nothing sensible */
#define LONGEST_TRIAL 86400

static wchar_t *program_folder;
static HANDLE watching; /* a name held by the one start that watches a trial */

/* ---- small help */

static wchar_t *joined(const wchar_t *first, ...) {
    va_list parts;
    size_t length = wcslen(first) + 1;
    va_start(parts, first);
    for (const wchar_t *part; (part = va_arg(parts, const wchar_t *)) != NULL;) length += wcslen(part);
    va_end(parts);
    wchar_t *made = HeapAlloc(GetProcessHeap(), HEAP_GENERATE_EXCEPTIONS, length * sizeof(wchar_t));
    wcscpy(made, first);
    va_start(parts, first);
    for (const wchar_t *part; (part = va_arg(parts, const wchar_t *)) != NULL;) wcscat(made, part);
    va_end(parts);
    return made;
}

#define IN_PROGRAM_FOLDER(name) joined(program_folder, L"\\", name, NULL)
#define IN_VERSION(version, name) joined(program_folder, L"\\versions\\", version, L"\\", name, NULL)

static int exists(const wchar_t *path) { return GetFileAttributesW(path) != INVALID_FILE_ATTRIBUTES; }

static int incomplete(const wchar_t *what) {
    wchar_t *said = joined(
        L"Pelita di komputer ini tidak lengkap: ", what,
        L"\nPasang lagi Pelita dengan Pelita-setup.exe. Data Anda tidak tersentuh.\n\n"
        L"Pelita is not complete on this computer: ", what,
        L"\nInstall it again with Pelita-setup.exe. Your data is not touched.\n", NULL);
#ifdef TERMINAL
    static char bytes[LONGEST * 2];
    DWORD written;
    HANDLE out = GetStdHandle(STD_ERROR_HANDLE);
    if (!WriteConsoleW(out, said, (DWORD)wcslen(said), &written, NULL)) {
        int count = WideCharToMultiByte(CP_UTF8, 0, said, -1, bytes, sizeof bytes, NULL, NULL);
        if (count > 1) WriteFile(out, bytes, (DWORD)count - 1, &written, NULL);
    }
#else
    MessageBoxW(NULL, said, L"Pelita", MB_OK | MB_ICONERROR | MB_SETFOREGROUND);
#endif
    return INCOMPLETE;
}

/* The first line of a small UTF-8 file without blanks around it; 0 when there is none. */
static int first_line(const wchar_t *path, wchar_t *into) {
    char bytes[LINE] = {0};
    DWORD count = 0;
    HANDLE file = CreateFileW(path, GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, NULL, OPEN_EXISTING, 0, NULL);
    if (file == INVALID_HANDLE_VALUE) return 0;
    ReadFile(file, bytes, LINE - 1, &count, NULL);
    CloseHandle(file);
    char *begin = bytes;
    if (memcmp(begin, "\xef\xbb\xbf", 3) == 0) begin += 3;
    begin += strspn(begin, " \t");
    begin[strcspn(begin, "\r\n")] = 0;
    for (size_t end = strlen(begin); end && strchr(" \t", begin[end - 1]); end--) begin[end - 1] = 0;
    return *begin && MultiByteToWideChar(CP_UTF8, MB_ERR_INVALID_CHARS, begin, -1, into, LINE) > 0;
}

/* Write a small file so that after a power cut either the old or the new one is there. */
static int write_text(const wchar_t *path, const wchar_t *text) {
    char bytes[LINE * 4];
    DWORD written = 0;
    wchar_t *part = joined(path, L".part", NULL);
    int count = WideCharToMultiByte(CP_UTF8, 0, text, -1, bytes, sizeof bytes, NULL, NULL) - 1;
    HANDLE file = CreateFileW(part, GENERIC_WRITE, 0, NULL, CREATE_ALWAYS, FILE_ATTRIBUTE_NORMAL, NULL);
    if (count < 0 || file == INVALID_HANDLE_VALUE) return 0;
    int whole = WriteFile(file, bytes, (DWORD)count, &written, NULL) && written == (DWORD)count && FlushFileBuffers(file);
    CloseHandle(file);
    return whole && MoveFileExW(part, path, MOVEFILE_REPLACE_EXISTING | MOVEFILE_WRITE_THROUGH);
}

/* Whether a line is a plain name of a version folder: nothing that leads out of P\versions. */
static int is_version(const wchar_t *name) {
    const wchar_t *allowed = L"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-+_";
    return *name && *name != L'.' && wcsspn(name, allowed) == wcslen(name);
}

static int version_in(const wchar_t *file, wchar_t *version) {
    return first_line(IN_PROGRAM_FOLDER(file), version) && is_version(version);
}

/* The Python library of a version, NULL when it has none. python3.dll is only a table of names and not meant. */
static wchar_t *python_of(const wchar_t *version) {
    WIN32_FIND_DATAW found;
    wchar_t *library = NULL;
    HANDLE search = FindFirstFileW(IN_VERSION(version, L"runtime\\python3*.dll"), &found);
    if (search == INVALID_HANDLE_VALUE) return NULL;
    do {
        if (wcslen(found.cFileName) > wcslen(L"python3.dll")) library = IN_VERSION(version, joined(L"runtime\\", found.cFileName, NULL));
    } while (!library && FindNextFileW(search, &found));
    FindClose(search);
    return library;
}

/* ---- running a version in this process */

static int run(const wchar_t *version) {
    typedef int (*Main)(int, wchar_t **);
    wchar_t *library = python_of(version);
    if (!library) return incomplete(IN_VERSION(version, L"runtime"));
    HMODULE python = LoadLibraryExW(library, NULL, LOAD_LIBRARY_SEARCH_DLL_LOAD_DIR | LOAD_LIBRARY_SEARCH_DEFAULT_DIRS);
    Main py_main = python ? (Main)(void *)GetProcAddress(python, "Py_Main") : NULL;
    if (!py_main) return incomplete(library);
    int count = 0;
    wchar_t **given = CommandLineToArgvW(GetCommandLineW(), &count);
    /* UTF-8 whatever the computer's code page; -B: nothing is written into the program folder */
    wchar_t *ours[] = {given[0], L"-X", L"utf8", L"-B", L"-m", L"desktop_app"};
    const int own = sizeof ours / sizeof *ours;
    wchar_t **words = HeapAlloc(GetProcessHeap(), HEAP_GENERATE_EXCEPTIONS, (size_t)(own + count) * sizeof(wchar_t *));
    for (int place = 0; place < own; place++) words[place] = ours[place];
    for (int place = 1; place < count; place++) words[own + place - 1] = given[place];
    words[own + count - 1] = NULL;
    return py_main(own + count - 1, words);
}

/* ---- the trial of a new version */

static HANDLE start_watched(HANDLE job, DWORD *pid) {
    static wchar_t self[LONGEST];
    STARTUPINFOW how;
    PROCESS_INFORMATION made;
    GetModuleFileNameW(NULL, self, LONGEST);
    GetStartupInfoW(&how);
    how.lpReserved = NULL;
    how.cbReserved2 = 0;
    how.lpReserved2 = NULL;
#ifdef TERMINAL
    how.dwFlags |= STARTF_USESTDHANDLES;
    how.hStdInput = GetStdHandle(STD_INPUT_HANDLE);
    how.hStdOutput = GetStdHandle(STD_OUTPUT_HANDLE);
    how.hStdError = GetStdHandle(STD_ERROR_HANDLE);
#endif
    SetEnvironmentVariableW(L"PELITA_TRIAL", L"1");
    int started = CreateProcessW(self, GetCommandLineW(), NULL, NULL, TRUE, CREATE_SUSPENDED, NULL, NULL, &how, &made);
    SetEnvironmentVariableW(L"PELITA_TRIAL", NULL);
    if (!started) return NULL;
    AssignProcessToJobObject(job, made.hProcess);
    AllowSetForegroundWindow(made.dwProcessId);
    ResumeThread(made.hThread);
    CloseHandle(made.hThread);
    *pid = made.dwProcessId;
    return made.hProcess;
}

static void end_children_with_us(HANDLE job, int yes) {
    JOBOBJECT_EXTENDED_LIMIT_INFORMATION limits = {0};
    limits.BasicLimitInformation.LimitFlags = yes ? JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE : 0;
    SetInformationJobObject(job, JobObjectExtendedLimitInformation, &limits, sizeof limits);
}

static int code_of(HANDLE child) {
    DWORD code = 1;
    WaitForSingleObject(child, INFINITE);
    GetExitCodeProcess(child, &code);
    return (int)code;
}

/* The failed version is named in went-back.txt before anything else is changed: a power cut in between repeats the trial. */
static int go_back(const wchar_t *failed, const wchar_t *previous, const wchar_t *why) {
    int done = write_text(IN_PROGRAM_FOLDER(L"went-back.txt"), joined(failed, L"\n", why, L"\n", NULL)) &&
               write_text(IN_PROGRAM_FOLDER(L"active.txt"), joined(previous, L"\n", NULL));
    if (!done) return incomplete(IN_PROGRAM_FOLDER(L"active.txt"));
    DeleteFileW(IN_PROGRAM_FOLDER(L"trial.txt"));
    DeleteFileW(IN_PROGRAM_FOLDER(L"previous.txt"));
    return run(previous);
}

static int watch(const wchar_t *version, const wchar_t *previous) {
    wchar_t line[LINE], why[LINE];
    DWORD pid = 0;
    long seconds = first_line(IN_PROGRAM_FOLDER(L"trial.txt"), line) ? wcstol(line, NULL, 10) : 0;
    if (seconds < 1 || seconds > LONGEST_TRIAL) seconds = TRIAL_SECONDS;
    wchar_t *proven = IN_VERSION(version, L"proven");
    HANDLE job = CreateJobObjectW(NULL, NULL);
    end_children_with_us(job, 1);
    HANDLE child = start_watched(job, &pid);
    if (!child) return go_back(version, previous, L"start");
    swprintf(line, LINE, L"ended-%lu", (unsigned long)pid);
    wchar_t *ended = IN_VERSION(version, line);
    /* Looks are counted, not time: a computer that sleeps meanwhile proves nothing. */
    for (long looks = seconds * (1000 / LOOK_MS); looks > 0; looks--) {
        DWORD state = WaitForSingleObject(child, LOOK_MS);
        if (exists(proven)) {
            end_children_with_us(job, 0);
            CloseHandle(watching); /* the proven version may begin another update's trial before it has ended itself */
            DeleteFileW(IN_PROGRAM_FOLDER(L"trial.txt"));
            return code_of(child);
        }
        if (state == WAIT_OBJECT_0) {
            int code = code_of(child);
            if (DeleteFileW(ended)) return code; /* it ended as it should and proved nothing: --help, a window closed at once */
            swprintf(why, LINE, L"exit %d", code);
            TerminateJobObject(job, 1);
            return go_back(version, previous, why);
        }
    }
    TerminateJobObject(job, 1);
    TerminateProcess(child, 1);
    code_of(child);
    return go_back(version, previous, L"hang");
}

/* Only one of several starts watches: the others would stop what the first one has proven. */
static int is_first_watcher(void) {
    wchar_t name[64];
    unsigned hash = 2166136261u; /* FNV-1a: two program folders, two watchers */
    for (const wchar_t *letter = program_folder; *letter; letter++) hash = (hash ^ towlower(*letter)) * 16777619u;
    swprintf(name, 64, L"Local\\Pelita-trial-%08x", hash);
    watching = CreateMutexW(NULL, FALSE, name);
    return watching && GetLastError() != ERROR_ALREADY_EXISTS;
}

static BOOL WINAPI leave_it_to_the_child(DWORD event) { return event == CTRL_C_EVENT || event == CTRL_BREAK_EVENT; }

/* ---- the beginning */

/* The value of an environment variable, which no program started by us shall see; 0 when it isn't set. */
static int taken(const wchar_t *name, wchar_t *into) {
    DWORD count = GetEnvironmentVariableW(name, into, LINE);
    SetEnvironmentVariableW(name, NULL);
    return count > 0 && count < LINE;
}

static int begin(void) {
    static wchar_t self[LONGEST];
    wchar_t version[LINE], previous[LINE], asked[LINE];
    if (!GetModuleFileNameW(NULL, self, LONGEST) || GetLastError() == ERROR_INSUFFICIENT_BUFFER) return INCOMPLETE;
    *wcsrchr(self, L'\\') = 0;
    program_folder = self;
    SetDllDirectoryW(L"");
    CreateMutexW(NULL, FALSE, L"Local\\Pelita"); /* held until we end: the installer looks for it */
    SetEnvironmentVariableW(L"PELITA_PROGRAM_FOLDER", program_folder);
    int is_child = taken(L"PELITA_TRIAL", asked);
    if (is_child) SetErrorMode(SEM_FAILCRITICALERRORS | SEM_NOGPFAULTERRORBOX); /* a crash ends it at once, without a question */
    if (taken(L"PELITA_RUN", asked) && is_version(asked)) return run(asked); /* the rehearsal of an update */
    if (!version_in(L"active.txt", version)) return incomplete(IN_PROGRAM_FOLDER(L"active.txt"));
    int on_trial = !is_child && exists(IN_PROGRAM_FOLDER(L"trial.txt"));
    if (on_trial && exists(IN_VERSION(version, L"proven"))) {
        DeleteFileW(IN_PROGRAM_FOLDER(L"trial.txt"));
        on_trial = 0;
    }
    if (!on_trial || !version_in(L"previous.txt", previous) || !wcscmp(previous, version) || !python_of(previous) || !is_first_watcher())
        return run(version);
    SetConsoleCtrlHandler(leave_it_to_the_child, TRUE);
    return watch(version, previous);
}

#ifdef TERMINAL
int wmain(void) { return begin(); }
#else
int WINAPI wWinMain(HINSTANCE instance, HINSTANCE before, PWSTR words, int show) {
    (void)instance, (void)before, (void)words, (void)show;
    return begin();
}
#endif

/* Stands for python313.dll in the launcher's tests: notes what it was started with in versions\<v>\told.txt, then does what
   versions\<v>\behave.txt says: "prove CODE", "ended CODE", "exit CODE", "crash", "hang". */
#define _WIN32_WINNT 0x0A00
#include <windows.h>
#include <stdio.h>
#include <stdlib.h>
#include <wchar.h>

static wchar_t folder[1024];

BOOL WINAPI DllMain(HINSTANCE self, DWORD why, void *more) {
    (void)more;
    if (why == DLL_PROCESS_ATTACH) {
        GetModuleFileNameW(self, folder, 1024);
        *wcsrchr(folder, L'\\') = 0;
        *wcsrchr(folder, L'\\') = 0;
    }
    return TRUE;
}

static void note(const wchar_t *name, const wchar_t *text) {
    wchar_t path[1100];
    char bytes[4096];
    DWORD written;
    swprintf(path, 1100, L"%ls\\%ls", folder, name);
    HANDLE file = CreateFileW(path, FILE_APPEND_DATA, FILE_SHARE_READ | FILE_SHARE_WRITE, NULL, OPEN_ALWAYS, 0, NULL);
    int count = WideCharToMultiByte(CP_UTF8, 0, text, -1, bytes, sizeof bytes, NULL, NULL);
    if (count > 1) WriteFile(file, bytes, (DWORD)count - 1, &written, NULL);
    CloseHandle(file);
}

__declspec(dllexport) int Py_Main(int count, wchar_t **words) {
    wchar_t path[1100], value[64];
    char line[64] = {0};
    for (int place = 1; place < count; place++) {
        note(L"told.txt", words[place]);
        note(L"told.txt", L"\n");
    }
    swprintf(value, 64, L"trial %d, code page %u\n", GetEnvironmentVariableW(L"PELITA_TRIAL", path, 1100) > 0, GetACP());
    note(L"told.txt", value);
    swprintf(path, 1100, L"%ls\\behave.txt", folder);
    FILE *file = _wfopen(path, L"r");
    if (file) {
        if (!fgets(line, sizeof line, file)) line[0] = 0;
        fclose(file);
    }
    if (!strncmp(line, "prove", 5)) {
        note(L"proven", L"");
        Sleep(1000);
        return atoi(line + 5);
    }
    if (!strncmp(line, "ended", 5)) {
        swprintf(path, 1100, L"ended-%lu", (unsigned long)GetCurrentProcessId());
        note(path, L"");
        return atoi(line + 5);
    }
    if (!strncmp(line, "hang", 4)) Sleep(600000);
    if (!strncmp(line, "crash", 5)) RaiseException(EXCEPTION_ACCESS_VIOLATION, EXCEPTION_NONCONTINUABLE, 0, NULL);
    if (!strncmp(line, "exit", 4)) exit(atoi(line + 4));
    return 0;
}

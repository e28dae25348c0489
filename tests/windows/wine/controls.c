/* Writes into the file named what every window that can be seen shows: a line a control, for tests that read and click dialogs as people do.

   window TAB title TAB x y width height
   control TAB class TAB enabled TAB checked TAB x y width height TAB width and height that its text needs TAB text

   Pixels of the screen; a text's line ends are written \n. */

#include <windows.h>
#include <stdio.h>
#include <wchar.h>

#define MOST 4096

static wchar_t text[MOST], name[64];
static HFONT font; /* of dialogs: 8 points. The control's own can't be used by another process. */

static void print_text(void) {
    char bytes[MOST * 3];
    WideCharToMultiByte(CP_UTF8, 0, text, -1, bytes, sizeof bytes, NULL, NULL);
    for (char *letter = bytes; *letter; letter++) {
        if (*letter == '\r') continue;
        if (*letter == '\n') fputs("\\n", stdout);
        else putchar(*letter == '\t' ? ' ' : *letter);
    }
}

static void print_place(HWND window) {
    RECT at;
    GetWindowRect(window, &at);
    printf("\t%ld %ld %ld %ld\t", at.left, at.top, at.right - at.left, at.bottom - at.top);
}

static LRESULT ask(HWND window, UINT what, WPARAM first, LPARAM second) {
    DWORD_PTR answer = 0;
    SendMessageTimeoutW(window, what, first, second, SMTO_ABORTIFHUNG, 5000, &answer);
    return (LRESULT)answer;
}

static BOOL CALLBACK control(HWND window, LPARAM unused) {
    (void)unused;
    if (!IsWindowVisible(window)) return TRUE;
    GetClassNameW(window, name, 64);
    text[0] = 0;
    ask(window, WM_GETTEXT, MOST, (LPARAM)text);
    HDC paper = GetDC(window);
    HGDIOBJ before = SelectObject(paper, font);
    RECT inside, needed;
    GetClientRect(window, &inside);
    needed = inside;
    UINT how = DT_CALCRECT | (wcscmp(name, L"Static") && wcscmp(name, L"Button") ? DT_SINGLELINE : DT_WORDBREAK);
    DrawTextW(paper, text, -1, &needed, how);
    SelectObject(paper, before);
    ReleaseDC(window, paper);
    int checked = wcscmp(name, L"Button") ? 0 : (int)ask(window, BM_GETCHECK, 0, 0);
    printf("control\t%ls\t%d\t%d", name, IsWindowEnabled(window), checked);
    print_place(window);
    printf("%ld %ld\t", needed.right - needed.left, needed.bottom - needed.top);
    print_text();
    putchar('\n');
    return TRUE;
}

static BOOL CALLBACK top(HWND window, LPARAM unused) {
    (void)unused;
    if (!IsWindowVisible(window)) return TRUE;
    text[0] = 0;
    ask(window, WM_GETTEXT, MOST, (LPARAM)text);
    fputs("window\t", stdout);
    print_text();
    print_place(window);
    putchar('\n');
    EnumChildWindows(window, control, 0);
    return TRUE;
}

int main(int count, char **words) {
    if (count < 2 || !freopen(words[1], "wb", stdout)) return 1;
    font = CreateFontW(-11, 0, 0, 0, FW_NORMAL, 0, 0, 0, DEFAULT_CHARSET, 0, 0, 0, 0, L"MS Shell Dlg");
    EnumWindows(top, 0);
    return fclose(stdout);
}

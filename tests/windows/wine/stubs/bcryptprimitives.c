/* bcryptprimitives.dll comes with Windows and not with Wine 8. Everything written in Rust asks it for random bytes; these come from where
   Wine has them. For tests only; never shipped. */
__declspec(dllimport) unsigned char SystemFunction036(void *buffer, unsigned long length); /* RtlGenRandom in advapi32 */

__declspec(dllexport) int ProcessPrng(unsigned char *buffer, unsigned long long length) {
    while (length) {
        unsigned long part = length > 0x10000000 ? 0x10000000 : (unsigned long)length;
        if (!SystemFunction036(buffer, part)) return 0;
        buffer += part;
        length -= part;
    }
    return 1;
}

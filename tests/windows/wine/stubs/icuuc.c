/* icuuc.dll comes with Windows 10 and not with Wine 8. Qt asks it for converters of old character sets, and uses its own when none can be
   opened: that is what this one says. For tests only; never shipped. */
#define OFFER __declspec(dllexport)
#define U_UNSUPPORTED_ERROR 16

OFFER void *ucnv_open(const char *name, int *error) { (void)name; if (error) *error = U_UNSUPPORTED_ERROR; return 0; }
OFFER void ucnv_close(void *converter) { (void)converter; }
OFFER void ucnv_reset(void *converter) { (void)converter; }
OFFER signed char ucnv_getMaxCharSize(const void *converter) { (void)converter; return 0; }
OFFER const char *ucnv_getName(const void *converter, int *error) { (void)converter; if (error) *error = U_UNSUPPORTED_ERROR; return 0; }
OFFER const char *ucnv_getStandardName(const char *name, const char *standard, int *error) {
    (void)name; (void)standard; if (error) *error = U_UNSUPPORTED_ERROR; return 0;
}
OFFER const char *ucnv_getAvailableName(int n) { (void)n; return 0; }
OFFER int ucnv_countAvailable(void) { return 0; }
OFFER int ucnv_fromUCountPending(const void *converter, int *error) { (void)converter; if (error) *error = U_UNSUPPORTED_ERROR; return -1; }
OFFER int ucnv_toUCountPending(const void *converter, int *error) { (void)converter; if (error) *error = U_UNSUPPORTED_ERROR; return -1; }

/* Called with a converter only, of which there is none. */
OFFER void ucnv_fromUnicode(void) {}
OFFER void ucnv_toUnicode(void) {}
OFFER void ucnv_getToUCallBack(void) {}
OFFER void ucnv_getFromUCallBack(void) {}
OFFER void ucnv_setToUCallBack(void) {}
OFFER void ucnv_setFromUCallBack(void) {}
OFFER void ucnv_cbToUWriteUChars(void) {}
OFFER void ucnv_cbFromUWriteUChars(void) {}
OFFER void UCNV_FROM_U_CALLBACK_SUBSTITUTE(void) {}
OFFER void UCNV_TO_U_CALLBACK_SUBSTITUTE(void) {}

"""Code lists that the forms of several sections share (domain.md 2.2, 2.6, 3.1)."""

from __future__ import annotations

from desktop_app.core.fields import Codes

CONDITION = Codes(
    GOOD=("Baik", "Good"),
    LIGHT_DAMAGE=("Rusak ringan", "Light damage"),
    MEDIUM_DAMAGE=("Rusak sedang", "Medium damage"),
    HEAVY_DAMAGE=("Rusak berat", "Heavy damage"),
    MISSING=("Hilang", "Missing"),
    UNKNOWN=("Belum diperiksa", "Not checked yet"),
)
PRIORITY = Codes(
    EMERGENCY=("Darurat", "Emergency"),
    HIGH=("Tinggi", "High"),
    NORMAL=("Sedang", "Normal"),
    LOW=("Rendah", "Low"),
)
UNIT = Codes(
    PIECE=("buah", "pieces"),
    METRE=("meter", "metres"),
    SET=("set", "sets"),
    KG=("kg", "kg"),
    LITRE=("liter", "litres"),
    M3=("m³", "m³"),
    SACK=("karung", "sacks"),
    BAR=("batang", "bars"),
)
FUNDING = Codes(
    APBD_KOTA=("APBD Kota", "City budget"),
    APBD_PROV=("APBD Provinsi", "Provincial budget"),
    APBN=("APBN", "National budget"),
    DAK=("DAK", "Special allocation fund"),
    CSR=("CSR perusahaan", "Company (CSR)"),
    SWADAYA=("Swadaya masyarakat", "Community"),
    KPBU=("KPBU", "Public-private partnership"),
    HIBAH=("Hibah", "Grant"),
    OTHER=("Lainnya", "Other"),
)
AGENCY = Codes(
    PERKIM=("Dinas Perkim", "Housing and settlements agency"),
    DISHUB=("Dinas Perhubungan", "Transport agency"),
    DLH=("Dinas Lingkungan Hidup", "Environment agency"),
    PUTR=("Dinas PUTR", "Public works agency"),
    KELURAHAN=("Kelurahan", "Urban village"),
    SWADAYA=("Swadaya masyarakat", "Community"),
    PLN=("PLN", "PLN (electricity company)"),
)
CHANNEL = Codes(
    WHATSAPP=("WhatsApp (WA)", "WhatsApp (WA)"),
    PHONE=("Telepon", "Telephone"),
    WALK_IN=("Datang langsung", "Walk-in"),
    LETTER=("Surat", "Letter"),
    SP4N_LAPOR=("SP4N-LAPOR!", "SP4N-LAPOR!"),
    SOCIAL_MEDIA=("Media sosial", "Social media"),
    RT_RW=("RT/RW", "RT/RW"),
    CAMAT_LURAH=("Camat/lurah", "District or village head"),
    NIGHT_PATROL=("Kontrol malam", "Night patrol"),
    APP=("Aplikasi", "App"),
)
PRECISION = Codes(
    DAY=("Tanggal lengkap", "Full date"),
    MONTH=("Bulan dan tahun saja", "Month and year only"),
    YEAR=("Tahun saja", "Year only"),
    UNKNOWN=("Tidak diketahui", "Unknown"),
)
NIK_ABSENT = Codes(
    INFANT=("Bayi", "Infant"),
    UNIDENTIFIED=("Jenazah tak dikenal", "Unidentified body"),
    FOREIGNER=("Warga negara asing", "Foreigner"),
    LEGACY_RECORD=("Catatan lama", "Old record"),
    NOT_PROVIDED=("Tidak diberikan", "Not provided"),
)
COORD_SOURCE = Codes(
    GPS=("GPS di lapangan", "GPS in the field"),
    MAP_CLICK=("Ditunjuk di peta", "Picked on a map"),
    PHONE_PHOTO=("Foto ponsel", "Phone photo"),
    ESTIMATED=("Perkiraan", "Estimate"),
    LEGACY=("Register lama", "Old register"),
)
MATERIAL_SOURCE = Codes(
    STOCK=("Gudang", "Stock"),
    PURCHASE=("Beli", "Purchase"),
    REUSED=("Bekas layak", "Reused"),
    DONATION=("Swadaya", "Donation"),
)

REVIEW = Codes(
    RECEIVED=("Diterima pusat", "Received by headquarters"),
    RETURNED=("Dikembalikan", "Returned"),
    APPROVED=("Disetujui pusat", "Approved by headquarters"),
)
"""What headquarters said of a record. Source: exchange.md, "Returned rows"."""

package cn.daiban.trouble

import cn.daiban.core.EngineException
import cn.daiban.core.KeyStore
import cn.daiban.core.KeyStoreException
import cn.daiban.core.RecordPlace
import cn.daiban.harness.Phone
import cn.daiban.harness.SmallDisk
import cn.daiban.harness.logOf
import cn.daiban.kit.FileKeyStore
import cn.daiban.kit.code
import cn.daiban.kit.zh
import cn.daiban.stories.TownTest
import java.io.File
import java.io.RandomAccessFile
import java.sql.DriverManager
import org.junit.jupiter.api.Assertions.assertArrayEquals
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.DisplayName
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.assertThrows

/** The shelf of unsent records in the store's file. */
private const val SHELF_INTENT = 4

/** Disks and keys that fail. Each ends with every record where it belongs. */
class StorageTest : TownTest() {
    @Test
    @DisplayName("storage_full 存储空间已满")
    fun storageFull() {
        val home = town.home()
        SmallDisk(File(home, "data"), megabytes = 4).use { disk ->
            val (phone, witness) = town.settle(town.phone(home)) to town.settled()
            phone.use {
                val case = town.sharedCase(phone, witness)
                val kept = mutableListOf(phone.log(case, "空间未满时").recordId)
                disk.fill()
                val full = assertThrows<EngineException.Storage> { repeat(1_000) { kept += phone.log(case, "空间将满$it").recordId } }
                assertEquals("store_full", full.code)
                assertTrue(full.zh.contains("没有保存") && full.zh.contains("清理空间"), full.zh)
                assertEquals(kept.toSet(), phone.locals(case))

                disk.free()
                kept += phone.log(case, "清理之后").recordId
                phone.reopen()
                assertEquals(kept.toSet(), phone.locals(case))
                assertEquals(kept.size.toLong(), phone.sync().sent)
                witness.sync()
                assertEquals(kept, witness.case(case).records.map { it.recordId }.filter { it in kept })
            }
        }
    }

    @Test
    @DisplayName("key_store_locked 设备未解锁")
    fun keyStoreLocked() {
        val home = town.home()
        val keys = Lockable(FileKeyStore(home.toPath().resolve("keys")))
        val phone = town.settle(town.phone(home, keys))
        val record = phone.openCase()
        phone.close()
        keys.locked = true
        val locked = assertThrows<EngineException.Keys> { phone.reopen() }
        assertEquals("key_store_locked", locked.code)
        assertTrue(locked.zh.contains("请解锁设备"), locked.zh)
        keys.locked = false
        phone.reopen()
        assertEquals(record, phone.engine.myRecords(null).single().caseId)
        assertEquals(1, phone.sync().sent)
    }

    @Test
    @DisplayName("keys_lost 密钥丢失")
    fun keysLost() {
        for (name in listOf("at_rest", "device")) {
            val home = town.home()
            val phone = town.settle(town.phone(home))
            val case = phone.openCase()
            phone.close()
            val (key, hidden) = File(home, "keys/$name.key") to File(home, "$name.hidden")
            check(key.renameTo(hidden))
            val before = phone.store.readBytes()
            val lost = assertThrows<EngineException.Keys> { phone.reopen() }
            assertEquals("key_lost", lost.code)
            assertTrue(lost.zh.contains("不要卸载应用"), lost.zh)
            assertFalse(key.exists(), "no new key is drawn over a store")
            assertArrayEquals(before, phone.store.readBytes())

            check(hidden.renameTo(key))
            phone.reopen()
            assertEquals(setOf(phone.engine.myRecords(case).single().recordId), phone.locals(case))
            assertEquals(1, phone.sync().sent)
        }
    }

    @Test
    @DisplayName("newer_database 数据库由更新版本写入")
    fun newerDatabase() {
        val phone = town.settle(town.phone())
        val case = phone.openCase()
        phone.close()
        val version = phone.setVersion(99)
        val before = phone.store.readBytes()
        val newer = assertThrows<EngineException.UpdateApp> { phone.reopen() }
        assertEquals("store_newer", newer.code)
        assertTrue(newer.zh.contains("请先更新应用"), newer.zh)
        assertArrayEquals(before, phone.store.readBytes())
        phone.setVersion(version)
        phone.reopen()
        assertEquals(1, phone.locals(case).size)
        assertEquals(1, phone.sync().sent)
    }

    @Test
    @DisplayName("half_written_file 文件只剩一半")
    fun halfWrittenFile() {
        val (phone, witness) = town.settled() to town.settled()
        val case = town.sharedCase(phone, witness)
        val written = List(60) { "第${it}条：规划许可窗口要求补正总平面图" }.associateBy { phone.log(case, it).recordId }
        phone.close()
        val sealed = phone.sealedRecords()
        RandomAccessFile(phone.store, "rw").use { it.setLength(it.length() / 2) }
        val half = phone.store.readBytes()
        val whole = sealed.filterValues { half.holds(it) }.keys
        assertTrue(whole.isNotEmpty() && whole.size < written.size, "${whole.size} of ${written.size} are in the half")
        phone.reopen()

        val notice = phone.engine.overview().notices.single { it.code == "salvaged" }
        assertTrue(notice.zh.contains("已找回未上传记录${whole.size}条"), notice.zh)
        assertArrayEquals(half, File(phone.folder, "daiban.sqlite.sick-1").readBytes(), "the sick file is kept as it was")
        assertEquals(whole, phone.locals(case))
        for (record in whole) assertEquals(logOf(written.getValue(record)), phone.kept(case, "work_log", record))

        for ((record, text) in written) assertEquals(record in whole, phone.log(case, text, recordId = record).already)
        assertEquals(written.size.toLong(), phone.sync().sent)
        witness.sync()
        val there = witness.case(case).records.filter { it.recordId in written }
        assertEquals(written, there.associate { it.recordId to it.fields[0].textZh })
        assertEquals(written.size, there.size)
    }

    @Test
    @DisplayName("store_locked 两个引擎用同一目录")
    fun storeLocked() {
        val home = town.home()
        val phone = town.settle(town.phone(home))
        val case = phone.openCase()
        val locked = assertThrows<EngineException.Storage> { Phone(home) }
        assertEquals("store_locked", locked.code)
        assertTrue(locked.zh.contains("另一个程序"), locked.zh)
        assertEquals(1, phone.locals(case).size)
        assertEquals(1, phone.sync().sent)
    }

    private fun Phone.locals(case: String): Set<String> =
        engine.myRecords(case).filter { it.place is RecordPlace.Local }.map { it.recordId }.toSet()

    /** The unsent records as they lie in the file, by id. */
    private fun Phone.sealedRecords(): Map<String, ByteArray> = DriverManager.getConnection("jdbc:sqlite:$store").use { database ->
        val rows = database.createStatement().executeQuery("SELECT lower(hex(key)), sealed FROM item WHERE shelf = $SHELF_INTENT")
        generateSequence { rows.takeIf { it.next() } }.associate { it.getString(1) to it.getBytes(2) }
    }

    private fun ByteArray.holds(part: ByteArray): Boolean =
        (0..size - part.size).any { at -> part.indices.all { this[at + it] == part[it] } }

    /** Writes SQLite's user_version, which stands at byte 60, and gives what stood there. */
    private fun Phone.setVersion(version: Int): Int = RandomAccessFile(store, "rw").use { file ->
        file.seek(60)
        val before = file.readInt()
        file.seek(60)
        file.writeInt(version)
        before
    }
}

/** A key store that opens only after the person unlocked the device. */
private class Lockable(private val keys: KeyStore) : KeyStore {
    @Volatile
    var locked = false

    override fun load(name: String): ByteArray? = if (locked) throw KeyStoreException.Locked("before the first unlock") else keys.load(name)

    override fun save(name: String, secret: ByteArray) = if (locked) throw KeyStoreException.Locked("not unlocked") else keys.save(name, secret)
}

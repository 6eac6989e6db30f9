package io.dermaga.adapter;

import jakarta.resource.spi.work.Work;
import jakarta.resource.spi.work.WorkException;
import jakarta.resource.spi.work.WorkManager;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.security.PrivilegedActionException;
import java.security.PrivilegedExceptionAction;
import javax.security.auth.Subject;

/**
 * Schedules a work so that the container's pool, should it make a thread now, does not keep this
 * adapter. Before JDK 24 a new thread keeps the protection domains of all code on the stack of its
 * maker, and with them class loaders, until it ends: an undeployed adapter would stay in memory as
 * long as the server's pool thread lives. docs/adr/0006 tells the whole story.
 */
interface CleanScheduling {

    void schedule(Work work) throws WorkException;

    /** The right way for this Java. */
    static CleanScheduling of(WorkManager manager) {
        return Runtime.version().feature() < 24
                ? new ByJdkCodeOnly(manager)
                : manager::scheduleWork;
    }

    /**
     * Calls the work manager from a privileged action that consists of the JDK's own method
     * handles, so that between the privileged frame and the work manager there is no code of this
     * adapter.
     */
    final class ByJdkCodeOnly implements CleanScheduling {

        @SuppressWarnings("ThreadLocalUsage") // one for each adapter, which owns it
        private final ThreadLocal<Work> next = new ThreadLocal<>();

        private final PrivilegedExceptionAction<?> action;

        ByJdkCodeOnly(WorkManager manager) {
            Thread thread = Thread.currentThread();
            ClassLoader before = thread.getContextClassLoader();
            // the class of the action is defined by the context class loader
            thread.setContextClassLoader(ClassLoader.getSystemClassLoader());
            try {
                this.action =
                        MethodHandleProxies.asInterfaceInstance(
                                PrivilegedExceptionAction.class, scheduleNext(manager));
            } finally {
                thread.setContextClassLoader(before);
            }
        }

        /** {@code () -> manager.scheduleWork(next.get())} without a class of this adapter. */
        private MethodHandle scheduleNext(WorkManager manager) {
            try {
                MethodHandles.Lookup lookup = MethodHandles.publicLookup();
                MethodHandle schedule =
                        lookup.findVirtual(
                                        WorkManager.class,
                                        "scheduleWork",
                                        MethodType.methodType(void.class, Work.class))
                                .bindTo(manager);
                MethodHandle get =
                        lookup.findVirtual(
                                        ThreadLocal.class,
                                        "get",
                                        MethodType.methodType(Object.class))
                                .bindTo(next)
                                .asType(MethodType.methodType(Work.class));
                return MethodHandles.filterReturnValue(get, schedule)
                        .asType(MethodType.methodType(Object.class));
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        @SuppressWarnings("removal") // used where it is there and needed: before JDK 24
        public void schedule(Work work) throws WorkException {
            next.set(work);
            try {
                Subject.doAsPrivileged(null, action, null);
            } catch (PrivilegedActionException e) {
                if (e.getCause() instanceof WorkException refused) {
                    throw refused;
                }
                throw new WorkException(e.getCause());
            } finally {
                next.remove();
            }
        }
    }
}

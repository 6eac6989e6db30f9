package io.dermaga.audit;

/** How an action came. */
public enum AuditWay {
    PAGE,
    REST
}

/**
 * What happens to a request before and beside Faces: headers, language and theme, downloads.
 *
 * <p>In: HTTP requests on request threads. Out: HTTP responses.
 */
@NullMarked
package io.dermaga.dashboard.web;

import org.jspecify.annotations.NullMarked;

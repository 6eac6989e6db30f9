/**
 * Proofs against hostile peers: the bare engine in a process of its own, attackers and honest
 * clients in another, over the loopback interface. What honest clients see and what the engine
 * holds is measured and judged; nothing of it is part of the product.
 */
@NullMarked
package io.dermaga.bench.attacks;

import org.jspecify.annotations.NullMarked;

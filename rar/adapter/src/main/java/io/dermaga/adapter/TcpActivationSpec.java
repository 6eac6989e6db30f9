package io.dermaga.adapter;

import jakarta.resource.spi.ActivationSpec;
import jakarta.resource.spi.ResourceAdapter;
import org.jspecify.annotations.Nullable;

/** Activation of a bean that receives from TCP. */
@ValidActivation
public class TcpActivationSpec extends DeliveryProperties implements ActivationSpec {

    private static final long serialVersionUID = 1L;

    private transient @Nullable ResourceAdapter resourceAdapter;

    /**
     * Does nothing: properties may be overridden from outside, so that only activation can judge
     * them. {@link ValidActivation} judges what is given here.
     */
    @Override
    public void validate() {
        // see above
    }

    @Override
    public @Nullable ResourceAdapter getResourceAdapter() {
        return resourceAdapter;
    }

    @Override
    public void setResourceAdapter(ResourceAdapter resourceAdapter) {
        this.resourceAdapter = resourceAdapter;
    }
}

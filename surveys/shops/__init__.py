"""Shop systems that send their events by their own hooks: Shopify and WooCommerce."""
